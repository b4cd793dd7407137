import { createLogger } from '@chargebus/observability';
import { jetstreamManager } from '@nats-io/jetstream';
import { throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { BlobStore, sweepBlobs } from '../src/blob-store';
import { Bus } from '../src/bus';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(store: BlobStore, name: string): Promise<Buffer | null> {
  const found = await store.get(name);
  return found === null ? null : buffer(found.bytes);
}

describe('a blob store', () => {
  let nats: ThrowAwayServer;
  let bus: Bus;
  let store: BlobStore;
  beforeAll(async () => {
    nats = await throwAwayNats();
    bus = await Bus.connect({ url: nats.url, app: 'test', logger: createLogger('test', 'silent') });
    store = await BlobStore.open(bus, 'test');
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  it('keeps every byte, with its digest and labels', async () => {
    const bytes = randomBytes(1_000_003);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const info = await store.put('whole', pieces(bytes, 70_001), { model: 'X1' });
    expect(info).toMatchObject({ name: 'whole', sizeBytes: bytes.length, sha256, labels: { model: 'X1' } });

    const found = await store.get('whole');
    expect(found?.info).toEqual(await store.info('whole'));
    expect((await read(store, 'whole'))?.equals(bytes)).toBe(true);
  });

  it('replaces a blob as a whole, and keeps the old one when the source fails', async () => {
    await store.put('kept', pieces(Buffer.from('first'), 2));
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(randomBytes(500_000));
      throw new Error('the source broke');
    };
    await expect(store.put('kept', failing())).rejects.toThrow('the source broke');
    expect((await read(store, 'kept'))?.toString()).toBe('first');

    await store.put('kept', pieces(Buffer.from('second'), 2));
    expect((await read(store, 'kept'))?.toString()).toBe('second');
  });

  it('sweeps chunks that a killed upload left, and nothing that is named or still comes', async () => {
    await store.put('stays', pieces(Buffer.from('whole'), 2));
    const chunks = async () =>
      (await jetstreamManager(bus.nc)).streams.info('OBJ_test', { subjects_filter: '$O.test.C.>' });
    const before = Object.keys((await chunks()).state.subjects ?? {});
    await bus.js.publish('$O.test.C.killed', randomBytes(1_000));
    expect(await sweepBlobs(bus)).toBe(0);
    expect(await sweepBlobs(bus, 0)).toBe(1);
    expect(Object.keys((await chunks()).state.subjects ?? {}).sort()).toEqual(before.sort());
    expect((await read(store, 'stays'))?.toString()).toBe('whole');
  });

  it('opens a bucket that is there, and says of what is not there that it is not', async () => {
    const again = await BlobStore.open(bus, 'test');
    await again.put('short', pieces(Buffer.alloc(0), 1));
    expect(await store.info('short')).toMatchObject({ sizeBytes: 0 });
    await store.remove('short');
    await store.remove('short');
    expect(await store.info('short')).toBeNull();
    expect(await store.get('short')).toBeNull();
    expect((await store.list()).map(({ name }) => name)).not.toContain('short');
  });
});
