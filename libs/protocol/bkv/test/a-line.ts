import type { DeviceCommand, DeviceId, OrderRef } from '@chargebus/domain';
import { toHex } from '@chargebus/protocol-core';
import type { QuestionReply } from '@chargebus/protocol-core';
import { DriverLine } from '@chargebus/protocol-core/conformance';
import type { OpenExchange } from '@chargebus/protocol-core/conformance';
import { bkvCodec, createBkvDriver } from '../src';
import type { BkvFrame, BkvOptions } from '../src';

export const GATEWAY = '86004459453005' as DeviceId;
export const ORDER = '00112233445566778899aabbccddeeff' as OrderRef;
export const ACCEPTED: QuestionReply = { decision: 'accepted', rateMode: 'time', balanceFen: 500, expiresAt: null };

/** A line with one gateway, whose own messages have serial 0 and whose replies that of the order. */
export class Line extends DriverLine<BkvFrame> {
  constructor(deviceId: DeviceId = GATEWAY, options: Partial<BkvOptions> = {}) {
    const messageIds = (order: { messageId: number } | null): number => order?.messageId ?? 0;
    super({ driver: createBkvDriver(options), codec: bkvCodec, deviceId, messageIds });
  }
}
/** The last frame that was written, with this serial instead of its own. */
export function sentAs({ last }: OpenExchange<BkvFrame>, serial: string): string {
  const fields = without(last.fields, 'requestId');
  return toHex(bkvCodec.encode({ ...last, messageId: Number.parseInt(serial, 16), fields, direction: 'down' }));
}
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
