import { toInstant } from '@chargebus/domain';
import type { OrderRef } from '@chargebus/domain';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { bodyPrint } from '../connection/pile-memory';
import { localToMs, NO_CARD, NO_TRADE } from '../fields';
import { stopReasonOf } from '../tables/stop-reasons';
import type { StopReason } from '../tables/stop-reasons';
import { sourceOf } from '../tables/tokens';
import { bmsOf } from './bms';
import { changeFaults } from './faults';
import { wattHours } from './realtime';
import { rejection } from './rejection';

type Fields = FieldsOf<'up', '3B'>;

/**
 * The bill. Repeated by the pile until confirmed, possibly hours later and for orders that nobody knows: every copy is
 * confirmed once it is stored, under the same id. A second record with other figures has another id, so that it is seen.
 */
export const meansRecord: Meaning<'3B'> = (fields, incoming) => {
  const { deviceId, at, bytes, pile } = incoming;
  const { tradeNo, gun: portNo, totalKwh, tradeFlag, physicalCard, stopReason } = fields;
  if (portNo === 0) return rejection('no_gun', incoming);
  const reason = stopReasonOf(stopReason);
  const gun = pile.gun(portNo);
  if (gun.runningTrade === tradeNo) {
    gun.runningTrade = null;
    gun.finishedTrade = tradeNo;
  }
  const settled = {
    type: 'charge.settled',
    id: `${deviceId}:3B:${tradeNo}:${bodyPrint(bytes)}`,
    deviceId,
    at,
    portNo,
    orderRef: tradeNo === NO_TRADE ? null : (tradeNo as OrderRef),
    source: sourceOf(tradeFlag),
    cardId: physicalCard === NO_CARD ? null : physicalCard,
    ...timesOf(fields, reason, incoming),
    energyWh: wattHours(totalKwh),
    maxPowerW: null,
    endReason: reason.token,
    endClass: reason.endClass,
    fault: reason.isFaultOfPile ? reason.token : null,
    attributes: detailsOf(fields, incoming),
  } as const;
  return {
    facts: [settled, ...changeFaults(incoming, portNo, 'bms', [])],
    answer: { when: 'stored', bytes: answerBytes(incoming, '40', { tradeNo, result: 0 }) },
  };
};

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const CLOCK_AHEAD_MS = 24 * 3_600_000;
/** A pile's clock is believed from 2020 to a day ahead. A start that failed lasted no time, whatever its clock says. */
function timesOf({ startTime, endTime, totalKwh }: Fields, { startFailed }: StopReason, { atMs, pile }: Incoming) {
  const toMs = (local: string | null): number | null =>
    local === null ? null : localToMs(local, pile.dialect.utcOffsetMin);
  const said = { startMs: toMs(startTime), endMs: toMs(endTime) };
  const saidS = said.startMs === null || said.endMs === null ? 0 : Math.max(0, (said.endMs - said.startMs) / 1000);
  const durationS = startFailed && totalKwh === 0 ? 0 : saidS;
  const isBelieved = said.endMs !== null && said.endMs >= EARLIEST_MS && said.endMs <= atMs + CLOCK_AHEAD_MS;
  const endMs = isBelieved ? (said.endMs ?? atMs) : atMs;
  return { startedAt: toInstant(endMs - durationS * 1000), endedAt: toInstant(endMs), durationS };
}

interface RateAccount {
  readonly rate: string;
  readonly price: number | undefined;
  readonly kwh: number;
  readonly lossKwh: number | undefined;
  readonly amountYuan: number | undefined;
}
/** By rate, as far as the layout has it. */
function accountsOf(f: Fields): readonly RateAccount[] {
  const four = [
    { rate: 'sharp', price: f.sharpPrice, kwh: f.sharpKwh, lossKwh: f.sharpLossKwh, amountYuan: f.sharpAmount },
    { rate: 'peak', price: f.peakPrice, kwh: f.peakKwh, lossKwh: f.peakLossKwh, amountYuan: f.peakAmount },
    { rate: 'flat', price: f.flatPrice, kwh: f.flatKwh, lossKwh: f.flatLossKwh, amountYuan: f.flatAmount },
    { rate: 'valley', price: f.valleyPrice, kwh: f.valleyKwh, lossKwh: f.valleyLossKwh, amountYuan: f.valleyAmount },
  ];
  const { deepValleyPrice: price, deepValleyKwh: kwh, deepValleyLossKwh: lossKwh, deepValleyAmount: amountYuan } = f;
  return kwh === undefined ? four : [...four, { rate: 'deepValley', price, kwh, lossKwh, amountYuan }];
}
/** All that the record says besides, in yuan and kWh. The same for every copy of it. */
function detailsOf(fields: Fields, { pile }: Incoming): Readonly<Record<string, unknown>> {
  const { tradeNo, gun, vin, tradeFlag, stopReason, meterStartKwh, meterEndKwh, totalLossKwh, totalAmount, tradeTime } =
    fields;
  const rates = accountsOf(fields);
  const bms = bmsOf(pile, gun, tradeNo)?.bms;
  return {
    stopReason,
    tradeFlag,
    offline: tradeFlag === 4,
    vin: vin === '' ? null : vin,
    rates,
    meterStartKwh,
    meterEndKwh,
    totalLossKwh,
    totalAmountYuan: totalAmount,
    startTime: fields.startTime,
    endTime: fields.endTime,
    tradeTime,
    mismatches: mismatches(
      fields,
      rates.reduce((sum, { kwh }) => sum + kwh, 0),
      rates.length,
    ),
    ...(bms !== undefined && { bms }),
  };
}
/** §9.2: a record that does not add up is kept and booked, and says so. */
function mismatches(
  { totalKwh, meterStartKwh, meterEndKwh, startTime, endTime }: Fields,
  ratesKwh: number,
  count: number,
) {
  const found: string[] = [];
  const tolerance = 0.0001 * count + 1e-9;
  const hasMeter = meterStartKwh !== 0 || meterEndKwh !== 0;
  if (Math.abs(ratesKwh - totalKwh) > tolerance) found.push('rates_do_not_sum');
  if (hasMeter && Math.abs(meterEndKwh - meterStartKwh - totalKwh) > 0.01 + tolerance) found.push('meter_differs');
  if (startTime !== null && endTime !== null && endTime < startTime) found.push('ends_before_start');
  return found;
}
