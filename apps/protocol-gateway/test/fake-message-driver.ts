import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import type {
  Answer,
  Decoded,
  Exchange,
  ExchangeStep,
  MessageDriver,
  ProtocolConnection,
  Reception,
} from '@chargebus/protocol-core';
import { fakeDeclaration, viewOfText } from './fake-driver';

/**
 * A protocol of messages `<word>|<text>` that uses every corner of the seam. Words: `hb` answered at once, `settle` once
 * stored, `card` and `csr` asked, `boot` answered with an errand behind it, `note` never, `bad` cannot be understood,
 * `throw` is a bug, `ack` answers orders.
 */
interface Said {
  readonly word: string;
  readonly text: string;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

class FakeMessages implements ProtocolConnection<Said> {
  readonly pendingBytes = 0;
  readonly discardedBytes = 0;
  readonly checksumErrors = 0;

  constructor(private readonly deviceId: DeviceId) {}

  push(message: Uint8Array): readonly Decoded<Said>[] {
    const [word = '', tail = ''] = text(message).split('|');
    if (word === 'throw') throw new Error('a bug in the driver');
    const head = { deviceId: this.deviceId, command: word, ambiguousId: false, bytes: message };
    return [
      word === 'bad'
        ? { ok: false, ...head, error: 'not_understood' }
        : { ok: true, ...head, frame: { word, text: tail } },
    ];
  }
  stalled(): readonly Decoded<Said>[] {
    return [];
  }

  receive(decoded: Decoded<Said>, at: Instant): Reception {
    const { deviceId } = this;
    const base = { deviceId, at, id: `${deviceId}:${text(decoded.bytes).slice(0, 100)}` };
    if (!decoded.ok)
      return {
        facts: [
          {
            ...base,
            type: 'frame.rejected',
            reason: decoded.error,
            command: decoded.command,
            hex: 'ff',
            isSettlement: false,
          },
        ],
        answer: { when: 'now', bytes: bytes('error|') },
      };
    const { frame } = decoded;
    return {
      facts: [
        {
          ...base,
          type: 'device.heartbeat',
          voltageV: null,
          temperatureC: null,
          signal: null,
          ports: [],
          attributes: { word: frame.word, text: frame.text.slice(0, 20) },
        },
      ],
      answer: this.answerTo(frame),
      ...(frame.word === 'boot' ? { errands: [{ kind: 'time.sync' }] } : {}),
    };
  }

  private answerTo(frame: Said): Answer {
    const { deviceId } = this;
    const reply = bytes(`${frame.word}|${frame.text.slice(0, 20)}`);
    if (frame.word === 'settle') return { when: 'stored', bytes: reply, failed: () => bytes(`failed|${frame.text}`) };
    if (frame.word === 'card')
      return {
        when: 'asked',
        deadlineMs: 2_000,
        question: { kind: 'card.authorise', deviceId, causeId: frame.text, cardId: 'AA', cardNumber: '1', portNo: 1 },
        encode: (answer) => bytes(`card|${answer?.decision ?? 'nobody'}`),
      };
    if (frame.word === 'csr')
      return {
        when: 'certified',
        deadlineMs: 2_000,
        question: { kind: 'certificate.sign', deviceId, csrPem: frame.text, use: 'station' },
        encode: (answer) => bytes(`csr|${answer?.decision ?? 'nobody'}`),
      };
    return frame.word === 'note' || frame.word === 'ack' ? { when: 'never' } : { when: 'now', bytes: reply };
  }

  begin(_deviceId: DeviceId, command: DeviceCommand): Exchange<Said> | CommandOutcome {
    return new FakeExchange(command.kind);
  }
}

/** One message out, one `ack|<kind>` back. */
class FakeExchange implements Exchange<Said> {
  constructor(private readonly kind: string) {}
  start(): ExchangeStep {
    return { send: [bytes(`do|${this.kind}`)], waitMs: 10_000 };
  }
  onFrame(decoded: Decoded<Said>): ExchangeStep | null {
    if (!decoded.ok || decoded.frame.word !== 'ack' || decoded.frame.text !== this.kind) return null;
    return { finish: { status: 'acked', result: {} } };
  }
  onTimeout(): ExchangeStep {
    return { finish: { status: 'no_reply' } };
  }
}

const aDriver = (subprotocol: string): MessageDriver => ({
  name: subprotocol,
  declaration: fakeDeclaration,
  subprotocol,
  profile: { heartbeatIntervalS: 60, commandGapMs: 0, connectionGapMs: 0, idleCloseMs: 300_000, stallMs: 15_000 },
  view: viewOfText,
  open: (_seed, deviceId) => new FakeMessages(deviceId),
});
/** Two versions of it. */
export const fakeMessageDrivers: readonly MessageDriver[] = [aDriver('words1'), aDriver('words2')];
