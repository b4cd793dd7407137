import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Client } from 'basic-ftp';

/** What a device has fetched. */
export interface FetchedFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Of an image that begins with `CBFW <version>` and a line break; null: it does not say. */
  readonly version: string | null;
}
export interface Login {
  readonly user: string;
  readonly password: string;
}
const TIMEOUT_MS = 60_000;
const VERSION = /^CBFW ([\x21-\x7e]{1,40})\n/;

/** Really fetches a file, by HTTP or FTP. Rejects where it does not come whole. */
export async function fetchFile(location: string, login?: Login): Promise<FetchedFile> {
  const bytes = location.startsWith('ftp:') ? await byFtp(new URL(location), login) : await byHttp(location);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    version: VERSION.exec(bytes.subarray(0, 64).toString('latin1'))?.[1] ?? null,
  };
}

async function byHttp(location: string): Promise<Buffer> {
  const answer = await fetch(location, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`answered with ${answer.status.toString()}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function byFtp({ hostname, port, pathname }: URL, login?: Login): Promise<Buffer> {
  const client = new Client(TIMEOUT_MS);
  try {
    await client.access({ host: hostname, port: port === '' ? 21 : Number(port), ...login });
    const sink = new PassThrough();
    const chunks: Buffer[] = [];
    sink.on('data', (chunk: Buffer) => chunks.push(chunk));
    await client.downloadTo(sink, decodeURIComponent(pathname.slice(1)));
    return Buffer.concat(chunks);
  } finally {
    client.close();
  }
}

/** Brings a file to where the platform wants it: `folder` and the file's name. */
export async function bringFile(folder: string, fileName: string, bytes: Uint8Array): Promise<void> {
  const answer = await fetch(`${folder.replace(/\/$/, '')}/${encodeURIComponent(fileName)}`, {
    method: 'PUT',
    body: Buffer.from(bytes),
    headers: { 'content-type': 'text/plain' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`answered with ${answer.status.toString()}`);
}
