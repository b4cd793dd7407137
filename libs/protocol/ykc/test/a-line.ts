import type { DeviceId } from '@chargebus/domain';
import type { LooseFrame, Reception } from '@chargebus/protocol-core';
import { DriverLine } from '@chargebus/protocol-core/conformance';
import { ykcCodec, createYkcDriver, decodeFrame } from '../src';
import type { CrcOrder, DriverOptions, EncodableFields, YkcFrame } from '../src';

export const PILE = '32010600019236' as DeviceId;
export const TRADE = '32010600019236012001061803423060';
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

/** `driver`: one that other lines have, too. */
type LineOptions = DriverOptions & { readonly driver?: ReturnType<typeof createYkcDriver> };

/** After this time nothing holds orders back any more. */
const SETTLED_MS = 2_000;

/** A line with one pile, which counts its messages from 1. */
export class Line extends DriverLine<YkcFrame> {
  constructor(options: LineOptions = {}, crcOrder: CrcOrder = 'lo-hi') {
    let sequence = 1;
    super({
      driver: options.driver ?? createYkcDriver(options),
      codec: ykcCodec,
      deviceId: PILE,
      messageIds: () => sequence++,
      envelope: { crcOrder },
    });
  }
  static loggedIn(options: LineOptions = {}): Line {
    const line = new Line(options);
    line.atMs -= SETTLED_MS;
    line.says('01', LOGIN);
    line.atMs += SETTLED_MS;
    return line;
  }
}

export function down(bytes: Uint8Array): LooseFrame {
  const decoded = decodeFrame(bytes, 'down');
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.frame;
}
export function answered({ answer }: Reception): LooseFrame {
  if (answer.when !== 'now' && answer.when !== 'stored') throw new Error(`answered ${answer.when}`);
  return down(answer.bytes);
}
