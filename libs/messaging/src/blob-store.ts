import { nanos } from '@nats-io/nats-core';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm, StorageType } from '@nats-io/obj';
import type { ObjectInfo, ObjectStore } from '@nats-io/obj';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Bus } from './bus';

/** What is known of one blob. */
export interface BlobInfo {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string; // of the whole, lower-case hex
  readonly storedAt: string; // RFC 3339
  readonly labels: Readonly<Record<string, string>>;
}

const CHUNK_BYTES = 128 * 1024;
const CHUNKS_AHEAD = 8;
const DAY_MS = 86_400_000;
const DIGEST_PREFIX = 'SHA-256=';

/**
 * Big bytes that several processes share (firmware, exports, archives): one bucket of the NATS object store, streamed
 * both ways with a few chunks in memory. A name is written whole or not at all: a source that fails half-way leaves what was
 * there before.
 */
export class BlobStore {
  private constructor(
    private readonly store: ObjectStore,
    private readonly bus: Bus,
    private readonly bucket: string,
  ) {}

  /** Opens the bucket, makes it where it is new. `keepMs`: blobs are gone by themselves after so long; absent: never. */
  static async open(bus: Bus, bucket: string, options: { readonly keepMs?: number } = {}): Promise<BlobStore> {
    const store = await new Objm(bus.js).create(bucket, {
      storage: StorageType.File,
      replicas: bus.replicas,
      ...(options.keepMs === undefined ? {} : { ttl: nanos(options.keepMs) }),
    });
    return new BlobStore(store, bus, bucket);
  }

  /** Stores what the source gives until its end, in place of what had the name before. */
  async put(
    name: string,
    source: AsyncIterable<Uint8Array>,
    labels: Readonly<Record<string, string>> = {},
  ): Promise<BlobInfo> {
    const meta = { name, metadata: { ...labels }, options: { max_chunk_size: CHUNK_BYTES } };
    return describe(await this.store.put(meta, Readable.toWeb(Readable.from(source, { objectMode: false }))));
  }

  async info(name: string): Promise<BlobInfo | null> {
    const found = await this.store.info(name);
    return found === null || found.deleted ? null : describe(found);
  }

  /** The bytes in order, read as fast as they are taken; the stream fails at its end where the digest does not hold. */
  async get(name: string): Promise<{ readonly info: BlobInfo; readonly bytes: Readable } | null> {
    const found = await this.store.info(name);
    if (found === null || found.deleted) return null;
    return { info: describe(found), bytes: Readable.from(this.chunks(found), { objectMode: false }) };
  }

  async list(): Promise<readonly BlobInfo[]> {
    return (await this.store.list()).filter(({ deleted }) => !deleted).map(describe);
  }

  /** Harmless where there is none. */
  async remove(name: string): Promise<void> {
    if ((await this.info(name)) !== null) await this.store.delete(name);
  }

  /** The library's own reader takes the whole blob into memory when whoever reads it is slow. */
  private async *chunks({ nuid, size, digest, name }: ObjectInfo): AsyncGenerator<Uint8Array> {
    if (size === 0) return;
    const hash = createHash('sha256');
    const subject = `$O.${this.bucket}.C.${nuid}`;
    const consumer = await this.bus.js.consumers.get(`OBJ_${this.bucket}`, { filter_subjects: subject });
    const messages = await consumer.consume({ max_messages: CHUNKS_AHEAD });
    try {
      for await (const { data, info } of messages) {
        hash.update(data);
        yield data;
        if (info.pending === 0) break;
      }
    } finally {
      await messages.close();
    }
    if (hash.digest('hex') !== sha256Of(digest)) throw new Error(`blob ${name} is damaged`);
  }
}

const sha256Of = (digest: string): string =>
  Buffer.from(digest.slice(DIGEST_PREFIX.length), 'base64url').toString('hex');

const describe = (info: ObjectInfo): BlobInfo => ({
  name: info.name,
  sizeBytes: info.size,
  sha256: sha256Of(info.digest),
  storedAt: info.mtime,
  labels: info.metadata ?? {},
});

/**
 * Removes from every bucket what uploads left whose process was killed: chunks that no blob names, the last of which is
 * older than `idleMs`. Says how many uploads that were. An upload that fails removes its own.
 */
export async function sweepBlobs(bus: Bus, idleMs = DAY_MS): Promise<number> {
  const objects = new Objm(bus.js);
  const jsm = await jetstreamManager(bus.nc);
  let swept = 0;
  for await (const { bucket } of objects.list()) {
    const stream = `OBJ_${bucket}`;
    const { state } = await jsm.streams.info(stream, { subjects_filter: `$O.${bucket}.C.>` });
    const blobs = await (await objects.open(bucket)).list(); // after the chunks: what was finished in between is named
    const named = new Set(blobs.map(({ nuid }) => `$O.${bucket}.C.${nuid}`));
    for (const filter of Object.keys(state.subjects ?? {}).filter((subject) => !named.has(subject))) {
      const last = await jsm.streams.getMessage(stream, { last_by_subj: filter });
      if (last === null || Date.now() - last.time.getTime() < idleMs) continue;
      await jsm.streams.purge(stream, { filter });
      swept += 1;
    }
  }
  return swept;
}
