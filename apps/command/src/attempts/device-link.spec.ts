import { CommandId, DeviceId, toInstant } from '@chargebus/domain';
import type { DeviceCommandKind } from '@chargebus/domain';
import { claimSubject } from '@chargebus/messaging';
import { createLogger } from '@chargebus/observability';
import type { DownReply } from '@chargebus/requests';
import { ORDER_RULES } from '../commands/order-rules';
import type { AttemptEnd } from './decide-next';
import { DeviceLink } from './device-link';
import type { Said, Wire } from './device-link';

const DEVICE = DeviceId.parse('04ABCDEF');
const SENT: DownReply = { stage: 'sent', at: toInstant(0) };

/** NATS as the link sees it: what comes in is said by the test. */
class FakeWire implements Wire {
  private readonly heard: ((error: null, message: Said) => void)[] = [];
  private readonly asked: string[] = []; // where answers go

  subscribe(_: string, { callback }: { callback: (error: null, message: Said) => void }): void {
    this.heard.push(callback);
  }
  publish(_subject: string, _body: string, { reply }: { reply: string }): void {
    this.asked.push(reply);
  }
  answer(reply: DownReply): void {
    this.heard[0]?.(null, { subject: this.asked.at(-1) ?? '', data: Uint8Array.of(1), json: () => reply });
  }
  claim(): void {
    this.heard[1]?.(null, { subject: claimSubject(DEVICE), data: new Uint8Array(), json: () => null });
  }
}

describe('a gateway that has an order and says nothing more', () => {
  let wire: FakeWire;
  let link: DeviceLink;
  beforeEach(() => {
    jest.useFakeTimers();
    wire = new FakeWire();
    link = new DeviceLink(wire, createLogger('test', 'silent'), 5_000);
  });
  afterEach(() => {
    link.abandon();
    jest.useRealTimers();
  });

  const ask = (kind: DeviceCommandKind): { end: AttemptEnd | null } => {
    const seen: { end: AttemptEnd | null } = { end: null };
    const sendBefore = toInstant(Date.now() + 30_000);
    const command = { kind: 'status.query' } as const; // the rule is what counts here
    const request = { commandId: CommandId.parse(crypto.randomUUID()), deviceId: DEVICE, command, sendBefore };
    void link.ask({ ...request, reissued: false }, ORDER_RULES[kind], () => undefined).then((end) => (seen.end = end));
    return seen;
  };

  it.each([
    ['had not sent it', false, 36_000],
    ['had sent it', true, 106_000],
  ])('C01 is waited for when it %s, but not once the device is elsewhere', async (_, isSent, windowMs) => {
    const begin = (): { end: AttemptEnd | null } => {
      const attempt = ask('charge.start');
      if (isSent) wire.answer(SENT);
      return attempt;
    };
    const unclaimed = begin();
    await jest.advanceTimersByTimeAsync(windowMs - 2_000);
    expect(unclaimed.end).toBeNull();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(unclaimed.end).toMatchObject({ outcome: { status: 'lost' } });

    const claimed = begin();
    wire.claim();
    await jest.advanceTimersByTimeAsync(1_500);
    expect(claimed.end).toEqual({ outcome: { status: 'moved' }, sends: isSent ? 1 : 0 });
  });

  it('C01 is heard when it lives and says after the claim that it sent the order', async () => {
    const attempt = ask('charge.start');
    wire.claim();
    await jest.advanceTimersByTimeAsync(500);
    wire.answer(SENT);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(attempt.end).toBeNull();
    wire.answer({ stage: 'done', at: toInstant(0), outcome: { status: 'acked', result: {} }, sends: 1 });
    await jest.advanceTimersByTimeAsync(0);
    expect(attempt.end).toMatchObject({ outcome: { status: 'acked' } });
  });

  it('E34 is waited for to the end with an order that must not be given twice', async () => {
    const attempt = ask('cabinet.open');
    wire.claim();
    await jest.advanceTimersByTimeAsync(30_000);
    expect(attempt.end).toBeNull();
  });
});
