import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId, OrderRef } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { fromHex, toHex } from '@chargebus/protocol-core';
import type { Decoded, Exchange, ExchangeStep, QuestionReply, Reception } from '@chargebus/protocol-core';
import { createBkvDriver, decodeFrame, encodeFrame } from '../src';
import type { BkvFrame, BkvOptions } from '../src';

export const GATEWAY = '86004459453005' as DeviceId;
export const ORDER = '00112233445566778899aabbccddeeff' as OrderRef;
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
export const ACCEPTED: QuestionReply = { decision: 'accepted', rateMode: 'time', balanceFen: 500, expiresAt: null };

/** A connection to the driver with one gateway on it, at a time that the test sets. */
export class Line {
  atMs = NOW_MS;
  private readonly connection;

  constructor(
    readonly deviceId: DeviceId = GATEWAY,
    options: Partial<BkvOptions> = {},
  ) {
    this.connection = createBkvDriver(options).open(7);
  }

  says(command: string, fields: Readonly<Record<string, unknown>>, messageId = 0): Reception {
    return this.receive(this.decoded(this.frame(command, fields, messageId)));
  }
  saysHex(hex: string): Reception {
    return this.receive(this.decoded(fromHex(hex)));
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
  frame(command: string, fields: Readonly<Record<string, unknown>>, messageId: number): Uint8Array {
    return encodeFrame({ physicalId: this.deviceId, messageId, command, direction: 'up', fields });
  }
  decoded(bytes: Uint8Array): Decoded<BkvFrame> {
    const [decoded] = this.connection.push(bytes);
    if (decoded === undefined) throw new Error('no frame');
    return decoded;
  }
  receive(decoded: Decoded<BkvFrame>): Reception {
    return this.connection.receive(decoded, toInstant(this.atMs), this.atMs);
  }
}

/** An exchange as the gateway runs it: every frame is shown to the connection first. */
export class OpenExchange {
  readonly facts: ProtocolEvent[] = [];
  readonly writes: Uint8Array[] = [];
  step: ExchangeStep;

  constructor(
    private readonly line: Line,
    private readonly exchange: Exchange<BkvFrame>,
  ) {
    this.step = this.take(exchange.start(line.atMs));
  }
  get outcome(): CommandOutcome | undefined {
    return this.step.finish;
  }
  /** The last frame that was written. */
  get sent(): BkvFrame {
    const decoded = decodeFrame(this.writes[this.writes.length - 1] ?? new Uint8Array(0), 'down');
    if (!decoded.ok) throw new Error(decoded.error);
    return decoded.frame;
  }
  /** The last frame that was written, with this serial instead of its own. */
  sentAs(serial: string): string {
    return toHex(
      encodeFrame({
        ...this.sent,
        messageId: Number.parseInt(serial, 16),
        fields: withoutId(this.sent),
        direction: 'down',
      }),
    );
  }
  hears(command: string, fields: Readonly<Record<string, unknown>>, messageId = this.sent.messageId): this {
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
const withoutId = ({ fields }: BkvFrame): BkvFrame['fields'] => without(fields, 'requestId');
export const without = (fields: object, ...names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

export const start = (fields: Partial<Extract<DeviceCommand, { kind: 'charge.start' }>> = {}): DeviceCommand => ({
  kind: 'charge.start',
  portNo: 3,
  orderRef: ORDER,
  durationLimitS: 3_600,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: null,
  ...fields,
});
export const stop: DeviceCommand = { kind: 'charge.stop', portNo: 3, orderRef: ORDER, keepLocked: false };
/** A status report of older firmware about one jack. */
export const jackReport = (socketNo: number, jack: number, status: number, businessNo = 0) => ({
  socketNo,
  version: '5140',
  temperatureC: 30,
  rssi: 20,
  jacks: [{ jack, status, businessNo, voltageV: 230, powerW: 100, currentA: 0.5, energyWh: 7, durationMin: 5 }],
});
export const endReport = (businessNo: number, status = 0xb0, powerW = 1) => ({
  socketNo: 2,
  version: 'ffff',
  temperatureC: 29,
  rssi: 30,
  jack: 0,
  status,
  businessNo,
  powerW,
  currentA: 0.002,
  energyWh: 412,
  durationMin: 60,
});
