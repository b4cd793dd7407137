import type { FileGrant } from '@chargebus/persistence/fleet';
import { Readable } from 'node:stream';

/** Where the bytes of a grant come from, and who wants to hear that they went. */
export interface FileSource {
  /** The grant of a file that needs no user; null: there is no such file, or it has expired. */
  ofFile(fileName: string): Promise<FileGrant | null>;
  open(grant: FileGrant): Promise<Readable>;
  transferred(grant: FileGrant, ended: boolean): void;
}

/** A slow modem needs minutes; a device that has gone away without a word must not hold a stream for ever. */
const TRANSFER_MS = 1_800_000;

/**
 * What one login sees: a root directory with its one file, or, without a user, the file whose name it knows and no list of
 * names. Nothing can be written.
 */
export class GrantedFiles {
  readonly root = '/';
  readonly cwd = '/';

  /** `grant` null: nobody in particular. */
  constructor(
    private readonly grant: FileGrant | null,
    private readonly files: FileSource,
    /** Somebody asked for a file that is not there. */
    private readonly missed: () => void,
  ) {}

  currentDirectory(): string {
    return '/';
  }
  chdir(path = '/'): Promise<string> {
    return nameOf(path) === '' ? Promise.resolve('/') : Promise.reject(new Error('no such directory'));
  }
  list(): Promise<readonly Stat[]> {
    return Promise.resolve(this.grant === null ? [] : [statOf(this.grant)]);
  }
  async get(path: string): Promise<Stat> {
    return nameOf(path) === '' ? DIRECTORY : statOf(await this.find(path));
  }
  async read(path: string, { start = 0 }: { start?: number } = {}): Promise<{ stream: Readable; clientPath: string }> {
    const grant = await this.find(path);
    const whole = await this.files.open(grant);
    const stream = start > 0 ? Readable.from(after(whole, start), { objectMode: false }) : whole;
    const timer = setTimeout(() => stream.destroy(new Error('the transfer took too long')), TRANSFER_MS);
    stream.once('end', () => {
      this.files.transferred(grant, true);
    });
    stream.once('close', () => {
      clearTimeout(timer);
    });
    stream.pause();
    this.files.transferred(grant, false);
    return { stream, clientPath: `/${grant.fileName}` };
  }
  write = readOnly;
  delete = readOnly;
  mkdir = readOnly;
  rename = readOnly;
  chmod = readOnly;
  getUniqueName = readOnly;

  private async find(path: string): Promise<FileGrant> {
    const name = nameOf(path);
    const found =
      this.grant === null ? await this.files.ofFile(name) : this.grant.fileName === name ? this.grant : null;
    if (found !== null && found.expiresAt.getTime() > Date.now()) return found;
    this.missed();
    throw new Error('no such file');
  }
}

const nameOf = (path: string): string => path.replace(/^[./\\]+/, '');
function readOnly(): never {
  throw new Error('read only');
}

interface Stat {
  readonly name: string;
  readonly size: number;
  readonly mtime: Date;
  readonly mode: number;
  isDirectory(): boolean;
  isFile(): boolean;
}
const statOf = ({ fileName, sizeBytes }: FileGrant): Stat => ({
  name: fileName,
  size: sizeBytes,
  mtime: new Date(0),
  mode: 0o100444,
  isDirectory: () => false,
  isFile: () => true,
});
const DIRECTORY: Stat = {
  name: '.',
  size: 0,
  mtime: new Date(0),
  mode: 0o40555,
  isDirectory: () => true,
  isFile: () => false,
};

/** The bytes behind the first `skipped`: a device goes on where its last try broke off. */
async function* after(whole: AsyncIterable<Uint8Array>, skipped: number): AsyncGenerator<Uint8Array> {
  let left = skipped;
  for await (const chunk of whole) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
