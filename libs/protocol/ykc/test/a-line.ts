import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { Decoded, Exchange, ExchangeStep, Reception } from '@chargebus/protocol-core';
import { createYkcDriver, decodeFrame, encodeFrame } from '../src';
import type { CrcOrder, DriverOptions, EncodableFields, YkcFrame } from '../src';

export const PILE = '32010600019236' as DeviceId;
export const TRADE = '32010600019236012001061803423060';
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
export const LOGIN = {
  pileCode: PILE as string,
  pileType: 0,
  gunCount: 2,
  protocolVersion: 1.6,
  programVersion: 'V4.1.50',
  networkType: 0,
  simIccid: '01010101010101010101',
  operator: 4,
};
export const realtime = (fields: Partial<EncodableFields<'up', '13'>> = {}): EncodableFields<'up', '13'> => ({
  tradeNo: TRADE,
  pileCode: PILE,
  gun: 1,
  status: 3,
  gunHomed: 2,
  plugged: 1,
  outputVoltageV: 380.5,
  outputCurrentA: 100,
  cableTempC: 31,
  cableCode: '0000000000000000',
  soc: 40,
  batteryMaxTempC: 30,
  chargeMinutes: 6,
  remainingMinutes: 50,
  energyKwh: 3.8051,
  lossEnergyKwh: 0,
  amountYuan: 4.5,
  hardwareFault: 0,
  ...fields,
});

/** A connection to the driver with one pile on it, at a time that the test sets. */
export class Line {
  atMs = NOW_MS;
  sequence = 1;
  readonly connection;

  constructor(
    options: DriverOptions = {},
    private readonly order: CrcOrder = 'lo-hi',
  ) {
    this.connection = createYkcDriver(options).open(7);
  }
  static loggedIn(options: DriverOptions = {}): Line {
    const line = new Line(options);
    line.says('01', LOGIN);
    return line;
  }

  says<C extends string>(command: C, fields: EncodableFields<'up', C>): Reception {
    return this.receive(this.decoded(this.frame(command, fields)));
  }
  receives(bytes: Uint8Array): Reception {
    return this.receive(this.decoded(bytes));
  }
  begins(command: DeviceCommand, reissued = false): OpenExchange {
    const begun = this.connection.begin(PILE, command, reissued);
    if ('status' in begun) throw new Error(`refused: ${JSON.stringify(begun)}`);
    return new OpenExchange(this, begun);
  }
  refuses(command: DeviceCommand): CommandOutcome {
    const begun = this.connection.begin(PILE, command, false);
    if (!('status' in begun)) throw new Error('not refused');
    return begun;
  }
  frame<C extends string>(command: C, fields: EncodableFields<'up', C>): Uint8Array {
    const envelope = { crcOrder: this.order };
    return encodeFrame({ messageId: this.sequence++, command, direction: 'up', fields, envelope });
  }
  decoded(bytes: Uint8Array): Decoded<YkcFrame> {
    const [decoded] = this.connection.push(bytes);
    if (decoded === undefined) throw new Error('no frame');
    return decoded;
  }
  receive(decoded: Decoded<YkcFrame>): Reception {
    return this.connection.receive(decoded, toInstant(this.atMs), this.atMs);
  }
}

/** An exchange as the gateway runs it: every frame is shown to the connection first. */
export class OpenExchange {
  step: ExchangeStep;
  readonly facts: ProtocolEvent[] = [];
  readonly writes: Uint8Array[] = [];

  constructor(
    private readonly line: Line,
    readonly exchange: Exchange<YkcFrame>,
  ) {
    this.step = this.take(exchange.start(line.atMs));
  }
  get sent(): readonly YkcFrame[] {
    return this.writes.map(down);
  }
  get last(): YkcFrame {
    const [last] = this.sent.slice(-1);
    if (last === undefined) throw new Error('nothing was sent');
    return last;
  }
  get outcome(): CommandOutcome | undefined {
    return this.step.finish;
  }
  hears<C extends string>(command: C, fields: EncodableFields<'up', C>): this {
    const decoded = this.line.decoded(this.line.frame(command, fields));
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

export function down(bytes: Uint8Array): YkcFrame {
  const decoded = decodeFrame(bytes, 'down');
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.frame;
}
export function factOf<T extends ProtocolEvent['type']>(facts: readonly ProtocolEvent[], type: T): ProtocolEventOf<T> {
  const found = facts.find((fact): fact is ProtocolEventOf<T> => fact.type === type);
  if (found === undefined) throw new Error(`no ${type} in ${facts.map((fact) => fact.type).join(', ')}`);
  return found;
}
export const typesOf = ({ facts }: Pick<Reception, 'facts'>): string[] => facts.map(({ type }) => type);
export function answered({ answer }: Reception): YkcFrame {
  if (answer.when !== 'now' && answer.when !== 'stored') throw new Error(`answered ${answer.when}`);
  return down(answer.bytes);
}
