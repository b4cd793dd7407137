import type { Capabilities, CommandOutcome, DeviceCommand, Instant } from '@chargebus/domain';
import { DEVICE_COMMAND_KINDS, DeviceId } from '@chargebus/domain';
import { ProtocolEvent } from '@chargebus/events';
import type {
  Answer,
  Declaration,
  Decoded,
  Exchange,
  ExchangeStep,
  ProtocolConnection,
  ProtocolDriver,
  Reception,
  ViewFrame,
} from '@chargebus/protocol-core';

/**
 * A protocol of lines, `#<device>|<word>|<text>\n`, that uses every corner of the seam. Words: `hb` answered at once,
 * `settle` once stored, `card` asked, `note` never, `bad` cannot be understood, `ack` and `nak` answer orders.
 * A line that begins with `!` has a wrong checksum. Devices whose id begins with `dup` are ambiguous.
 */
interface Line {
  readonly word: string;
  readonly text: string;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
export const line = (deviceId: string, word: string, tail = ''): string => `#${deviceId}|${word}|${tail}\n`;

export const REPLY_TIMEOUT_MS = 15_000;

class FakeConnection implements ProtocolConnection<Line> {
  private rest = '';
  private stalledBytes = 0;
  private noise = 0;
  private badSums = 0;

  get pendingBytes(): number {
    return this.rest.length;
  }
  get discardedBytes(): number {
    return this.noise + this.stalledBytes;
  }
  get checksumErrors(): number {
    return this.badSums;
  }

  push(chunk: Uint8Array): readonly Decoded<Line>[] {
    const lines = (this.rest + text(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((one) => this.decode(one));
  }
  stalled(): readonly Decoded<Line>[] {
    this.stalledBytes += this.rest.length;
    this.rest = '';
    return [];
  }

  private decode(one: string): Decoded<Line>[] {
    const [id, word, tail] = one.slice(1).split('|');
    if (one.startsWith('!')) this.badSums++;
    if (!one.startsWith('#') || id === undefined || word === undefined || tail === undefined) {
      this.noise += one.length + 1;
      return [];
    }
    if (word === 'throw') throw new Error('a bug in the driver');
    const head = {
      deviceId: DeviceId.parse(id),
      command: word,
      ambiguousId: id.startsWith('dup'),
      bytes: bytes(one),
    };
    return [
      word === 'bad'
        ? { ok: false, ...head, error: 'not_understood' }
        : { ok: true, ...head, frame: { word, text: tail } },
    ];
  }

  receive(decoded: Decoded<Line>, at: Instant): Reception {
    const { deviceId, command } = decoded;
    const base = { deviceId, at, id: `${deviceId}:${text(decoded.bytes).slice(0, 100)}` };
    if (!decoded.ok)
      return {
        facts: [{ ...base, type: 'frame.rejected', reason: decoded.error, command, hex: 'ff', isSettlement: false }],
        answer: { when: 'never' },
      };
    const facts: ProtocolEvent[] = [
      {
        ...base,
        type: 'device.heartbeat',
        voltageV: null,
        temperatureC: null,
        signal: null,
        ports: [],
        attributes: { word: command, text: decoded.frame.text },
      },
    ];
    return { facts, answer: this.answerTo(decoded.deviceId, decoded.frame) };
  }

  private answerTo(deviceId: DeviceId, frame: Line): Answer {
    const reply = bytes(`>${deviceId}|${frame.word}|${frame.text}\n`);
    if (frame.word === 'hb') return { when: 'now', bytes: reply };
    if (frame.word === 'settle') return { when: 'stored', bytes: reply };
    if (frame.word !== 'card') return { when: 'never' };
    return {
      when: 'asked',
      deadlineMs: 2_000,
      question: { kind: 'card.authorise', deviceId, causeId: 'c1', cardId: 'AA', cardNumber: '1', portNo: 1 },
      encode: (answer) => bytes(`>${deviceId}|card|${answer?.decision ?? 'nobody'}\n`),
    };
  }

  begin(deviceId: DeviceId, command: DeviceCommand): Exchange<Line> | CommandOutcome {
    if (command.kind === 'voice.play') return { status: 'unsupported', reason: 'no_loudspeaker' };
    if (command.kind === 'cabinet.open') return { status: 'unsupported', reason: 'no_door', of: 'model' };
    if (command.kind === 'memory.read') throw new Error('a bug in the driver');
    const packets = command.kind === 'firmware.update' ? 4 : 1;
    return new FakeExchange(deviceId, command.kind, packets);
  }
}

/** Sends `packets` frames, each after the `ack` of the one before; one repeat of each. */
class FakeExchange implements Exchange<Line> {
  private packet = 1;
  private repeated = false;

  constructor(
    private readonly deviceId: DeviceId,
    private readonly kind: string,
    private readonly packets: number,
  ) {}

  start(): ExchangeStep {
    return this.send();
  }
  onFrame(decoded: Decoded<Line>): ExchangeStep | null {
    if (!decoded.ok || decoded.frame.text !== this.name()) return null;
    if (decoded.frame.word === 'nak') return { finish: { status: 'rejected', reason: 'refused' } };
    if (decoded.frame.word !== 'ack') return null;
    if (this.packet === this.packets) return { finish: { status: 'acked', result: { packets: this.packets } } };
    this.packet++;
    this.repeated = false;
    return this.send();
  }
  onTimeout(): ExchangeStep {
    if (this.repeated) return { finish: { status: 'no_reply' } };
    this.repeated = true;
    return this.send();
  }
  /** A device that reboots hangs up. */
  onClosed(): CommandOutcome {
    return this.kind === 'device.reboot' ? { status: 'acked', result: {} } : { status: 'no_reply' };
  }
  private send(): ExchangeStep {
    return { send: [bytes(`>${this.deviceId}|${this.name()}|\n`)], waitMs: REPLY_TIMEOUT_MS };
  }
  private name(): string {
    return this.packets === 1 ? this.kind : `${this.kind}.${this.packet}`;
  }
}

const orders = Object.fromEntries(
  DEVICE_COMMAND_KINDS.map((kind) => [
    kind,
    kind === 'voice.play' ? { support: 'none', why: 'no_loudspeaker' } : { support: 'native', why: null },
  ]),
) as Capabilities;
/** It says nothing but heartbeats. */
const facts = Object.fromEntries(
  ProtocolEvent.options.map(({ shape }) => [shape.type.value, { support: 'none', why: 'lines are heartbeats' }]),
) as Declaration['facts'];

export const fakeDeclaration: Declaration = {
  orders,
  facts: { ...facts, 'device.heartbeat': { support: 'native', why: null } },
};
/** As it is. */
export const viewOfText: ViewFrame = (bytes) => ({
  message: '',
  name: null,
  messageId: null,
  fields: { text: new TextDecoder().decode(bytes) },
  error: null,
  bytes,
});
/** Nobody looks. */
export const noFrames = {
  up: (): void => undefined,
  down: (): void => undefined,
  damaged: (): void => undefined,
  beat: (): void => undefined,
};
export const fakeDriver: ProtocolDriver = {
  name: 'lines',
  declaration: fakeDeclaration,
  profile: {
    heartbeatIntervalS: 60,
    commandGapMs: 500,
    connectionGapMs: 100,
    idleCloseMs: 300_000,
    stallMs: 15_000,
  },
  recognise: (start) => (start[0] === 0x23 || start[0] === 0x21 ? 'yes' : 'no'),
  view: viewOfText,
  open: () => new FakeConnection(),
};
