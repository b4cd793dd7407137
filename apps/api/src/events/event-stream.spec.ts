import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TenantId } from '@chargebus/domain';
import { EventStream } from './event-stream';

/** A source in NATS where nothing ever comes. */
const quiet = () => ({
  stop: () => undefined,
  [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
});
const filter = {
  ...{ tenantId: 'a' as TenantId, patterns: ['*'], devices: null, only: null },
  ...{ portNo: null, sessionId: null, limited: false },
};
const timing = { heartbeatMs: 1, stallMs: 5, lifetimeMs: 60_000 };

describe('a live stream that nobody reads', () => {
  it('is cut off, then has its connection closed', async () => {
    let cutOff = 0;
    const stream = new EventStream(
      quiet() as unknown as ConstructorParameters<typeof EventStream>[0],
      { position: 7, gap: null },
      filter,
      'v1',
      timing,
      (stalled) => {
        if (stalled) cutOff += 1;
      },
    );
    const connection = new PassThrough({ highWaterMark: 1 }); // takes nothing more until it is read
    const sending = pipeline(Readable.from(stream, { signal: stream.abandoned }), connection);
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    expect([cutOff, connection.destroyed]).toEqual([1, true]);
  });
});
