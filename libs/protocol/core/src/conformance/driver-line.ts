import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { Decoded, Exchange, ExchangeStep, FrameCodec, LooseFrame, ProtocolDriver, Reception } from '..';

export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
type Fields = Readonly<Record<string, unknown>>;

export interface LineOptions<F extends LooseFrame> {
  readonly driver: ProtocolDriver<F>;
  readonly codec: FrameCodec;
  readonly deviceId: DeviceId;
  /** The message id that the device gives a frame; `order`: the one that it replies to, if any. */
  readonly messageIds: (order: LooseFrame | null) => number;
  readonly envelope?: Fields;
}

/** A connection to a driver with one device on it, at a time that the test sets: the gateway's part, without a gateway. */
export class DriverLine<F extends LooseFrame> {
  atMs = NOW_MS;
  readonly connection;

  constructor(readonly options: LineOptions<F>) {
    this.connection = options.driver.open(7);
  }

  says(command: string, fields: object, messageId?: number): Reception {
    return this.receives(this.frame(command, fields, messageId));
  }
  receives(bytes: Uint8Array): Reception {
    return this.receive(this.decoded(bytes));
  }
  begins(command: DeviceCommand, reissued = false): OpenExchange<F> {
    const begun = this.connection.begin(this.options.deviceId, command, reissued);
    if ('status' in begun) throw new Error(`refused: ${JSON.stringify(begun)}`);
    return new OpenExchange(this, begun);
  }
  refuses(command: DeviceCommand): CommandOutcome {
    const begun = this.connection.begin(this.options.deviceId, command, false);
    if (!('status' in begun)) throw new Error('not refused');
    return begun;
  }

  frame(command: string, fields: object, messageId = this.options.messageIds(null)): Uint8Array {
    const { deviceId, codec, envelope } = this.options;
    return codec.encode({
      physicalId: deviceId,
      messageId,
      command,
      direction: 'up',
      fields: fields as Fields,
      ...(envelope && { envelope }),
    });
  }
  decoded(bytes: Uint8Array): Decoded<F> {
    const [decoded] = this.connection.push(bytes);
    if (decoded === undefined) throw new Error('no frame');
    return decoded;
  }
  receive(decoded: Decoded<F>): Reception {
    return this.connection.receive(decoded, toInstant(this.atMs), this.atMs);
  }
  /** What the driver wrote. */
  read(bytes: Uint8Array): LooseFrame {
    const reading = this.options.codec.decode(bytes, 'down');
    if (!reading.ok) throw new Error(reading.error);
    return reading.frame;
  }
}

/** An exchange as the gateway runs it: every frame is shown to the connection first. */
export class OpenExchange<F extends LooseFrame> {
  step: ExchangeStep;
  readonly facts: ProtocolEvent[] = [];
  readonly writes: Uint8Array[] = [];

  constructor(
    private readonly line: DriverLine<F>,
    private readonly exchange: Exchange<F>,
  ) {
    this.step = this.take(exchange.start(line.atMs));
  }

  get sent(): readonly LooseFrame[] {
    return this.writes.map((bytes) => this.line.read(bytes));
  }
  get last(): LooseFrame {
    const [last] = this.writes.slice(-1);
    if (last === undefined) throw new Error('nothing was sent');
    return this.line.read(last);
  }
  get outcome(): CommandOutcome | undefined {
    return this.step.finish;
  }

  /** The device replies to the last frame: same command, same message id. */
  replied(fields: object): this {
    const { command, messageId } = this.last;
    return this.hears(command, fields, messageId);
  }
  hears(command: string, fields: object, messageId = this.line.options.messageIds(this.last)): this {
    const decoded = this.line.decoded(this.line.frame(command, fields, messageId));
    this.facts.push(...this.line.receive(decoded).facts);
    const step = this.exchange.onFrame(decoded, toInstant(this.line.atMs), this.line.atMs);
    if (step !== null) this.step = this.take(step);
    return this;
  }
  waits(): this {
    this.line.atMs += this.step.waitMs ?? 0;
    this.step = this.take(this.exchange.onTimeout(this.line.atMs));
    return this;
  }
  /** The connection ends. */
  closes(): CommandOutcome | undefined {
    return this.exchange.onClosed?.();
  }

  private take(step: ExchangeStep): ExchangeStep {
    this.writes.push(...(step.send ?? []));
    this.facts.push(...(step.facts ?? []));
    return step;
  }
}

export function factOf<T extends ProtocolEvent['type']>(facts: readonly ProtocolEvent[], type: T): ProtocolEventOf<T> {
  const found = facts.find((fact): fact is ProtocolEventOf<T> => fact.type === type);
  if (found === undefined) throw new Error(`no ${type} in ${facts.map((fact) => fact.type).join(', ')}`);
  return found;
}
export const typesOf = ({ facts }: Pick<Reception, 'facts'>): string[] => facts.map(({ type }) => type);
