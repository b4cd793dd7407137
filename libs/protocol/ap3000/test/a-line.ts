import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { Decoded, Exchange, ExchangeStep, Reception } from '@chargebus/protocol-core';
import { createAp3000Driver, decodeFrame, encodeFrame } from '../src';
import type { Ap3000Frame, Ap3000Options, EncodableFields } from '../src';

export const DEVICE = '04A26CF3' as DeviceId;
export const ORDER = '434e3230323530393031303030303131';
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A connection to the driver with one device on it, at a time that the test sets. */
export class Line {
  atMs = NOW_MS;
  private readonly connection;
  private nextId = 1000;

  constructor(
    readonly deviceId: DeviceId = DEVICE,
    options: Partial<Ap3000Options> = {},
  ) {
    this.connection = createAp3000Driver(options).open(7);
  }

  says<C extends string>(command: C, fields: EncodableFields<'up', C>, messageId = this.nextId++): Reception {
    return this.receives(this.frame(command, fields, messageId));
  }
  receives(bytes: Uint8Array): Reception {
    return this.receive(this.decoded(bytes));
  }
  /** Bytes outside frames. */
  pushes(text: string): void {
    this.connection.push(Buffer.from(text, 'latin1'));
  }
  begins(command: DeviceCommand, reissued = false): OpenExchange {
    const begun = this.connection.begin(this.deviceId, command, reissued);
    if ('status' in begun) throw new Error(`refused: ${JSON.stringify(begun)}`);
    return new OpenExchange(this, begun);
  }
  refuses(command: DeviceCommand): CommandOutcome {
    const begun = this.connection.begin(this.deviceId, command, false);
    if (!('status' in begun)) throw new Error('not refused');
    return begun;
  }

  frame<C extends string>(command: C, fields: EncodableFields<'up', C>, messageId: number): Uint8Array {
    return encodeFrame({ physicalId: this.deviceId, messageId, command, direction: 'up', fields });
  }
  decoded(bytes: Uint8Array): Decoded<Ap3000Frame> {
    const [decoded] = this.connection.push(bytes);
    if (decoded === undefined) throw new Error('no frame');
    return decoded;
  }
  receive(decoded: Decoded<Ap3000Frame>): Reception {
    return this.connection.receive(decoded, toInstant(this.atMs), this.atMs);
  }
}

/** An exchange as the gateway runs it: every frame is shown to the connection first. */
export class OpenExchange {
  step: ExchangeStep;
  readonly facts: ProtocolEvent[] = [];
  private readonly writes: Uint8Array[] = [];

  constructor(
    private readonly line: Line,
    readonly exchange: Exchange<Ap3000Frame>,
  ) {
    this.step = this.take(exchange.start(line.atMs));
  }

  /** The last frame that was written. */
  get sent(): Ap3000Frame {
    const [last] = this.writes.slice(-1);
    const decoded = decodeFrame(last ?? new Uint8Array(0), 'down');
    if (!decoded.ok) throw new Error(decoded.error);
    return decoded.frame;
  }
  get sentBytes(): readonly Uint8Array[] {
    return this.writes;
  }
  get outcome(): CommandOutcome | undefined {
    return this.step.finish;
  }

  /** The device replies to the last frame: same command, same message id. */
  replied(fields: Readonly<Record<string, unknown>>): this {
    return this.hears(this.sent.command, fields, this.sent.messageId);
  }
  hears(command: string, fields: Readonly<Record<string, unknown>>, messageId = 2): this {
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
