import type { startCharge, stopCharge } from '@chargebus/api-contract';
import { OrderNumbersDiffer } from '@chargebus/errors';
import type { RequestOf, StartCharge, StopCharge } from '@chargebus/requests';
import type { CallOf } from '../http/endpoint.decorator';

type StartBody = CallOf<typeof startCharge>['body'];
type StopBody = CallOf<typeof stopCharge>['body'];
type StartOrder = Pick<
  RequestOf<typeof StartCharge>,
  'portNo' | 'orderNo' | 'userId' | 'limits' | 'notifyIntervalS' | 'autoStop'
>;
type StopOrder = Pick<RequestOf<typeof StopCharge>, 'portNo' | 'orderNo' | 'reason' | 'force'>;

/**
 * What a body asks for, in the words of `session`. `notifyMinS`: progress is not pushed more often than that, whatever is
 * asked. Throws ORDER_NUMBERS_DIFFER.
 */
export const startOrderOf = (body: StartBody, notifyMinS: number): StartOrder => ({
  portNo: body.port_no,
  orderNo: orderNoOf(body),
  userId: body.third_party_user_id ?? null,
  limits: {
    mode: body.mode,
    timeLimitMin: body.time_limit ?? null,
    energyLimitKwh: body.energy_limit ?? null,
    powerLimitW: body.power_limit ?? null,
  },
  notifyIntervalS: Math.max(body.notify_interval, notifyMinS),
  autoStop: autoStopOf(body.auto_stop_conditions ?? null),
});

/** Throws ORDER_NUMBERS_DIFFER. */
export const stopOrderOf = (body: StopBody): StopOrder => ({
  portNo: body.port_no ?? null,
  orderNo: orderNoOf(body),
  reason: body.reason,
  force: body.force_stop,
});

interface OrderNumbers {
  readonly third_party_order_no?: string | null | undefined;
  readonly order_no?: string | null | undefined;
}
/** Decision 5: either name, the same number. */
function orderNoOf(body: OrderNumbers): string | null {
  const { third_party_order_no: theirs, order_no: other } = body;
  if (theirs != null && other != null && theirs !== other) throw new OrderNumbersDiffer();
  return theirs ?? other ?? null;
}

const autoStopOf = (conditions: NonNullable<StartBody['auto_stop_conditions']> | null) =>
  conditions === null
    ? null
    : {
        lowPowerThresholdW: conditions.low_power_threshold ?? null,
        maxTemperatureC: conditions.max_temperature ?? null,
        voltageRangeV: conditions.voltage_range ?? null,
      };
