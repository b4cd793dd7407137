import { HISTORY_UNITS } from '@chargebus/api-contract';
import type { Alarm, Session } from '@chargebus/api-contract';
import type { AlarmView, GetSampleBuckets, ListSamples, ReplyOf, SampleMetric, SessionView } from '@chargebus/requests';
import { kwh, STATUS_OF } from '../charge/charge.view';

type Buckets = ReplyOf<typeof GetSampleBuckets>;
type Samples = ReplyOf<typeof ListSamples>;

export const unitsOf = (metrics: readonly SampleMetric[]): Record<string, string> =>
  Object.fromEntries([...metrics, 'energy' as const].map((name) => [name, HISTORY_UNITS[name]]));

export const pointView = ({ at, portNo, samples, energyWh, metrics }: Buckets['items'][number]) => ({
  at,
  port_no: portNo,
  samples,
  energy: kwh(energyWh),
  ...Object.fromEntries(Object.entries(metrics).map(([name, spread]) => [name, rounded(spread)])),
});

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;

/** No more exact than what it was measured with; hours keep four bytes of a number. */
function rounded(spread: Buckets['items'][number]['metrics'][SampleMetric]) {
  if (spread == null) return null;
  return { avg: thousandths(spread.avg), min: thousandths(spread.min), max: thousandths(spread.max) };
}

export const sampleView = (sample: Samples['items'][number], metrics: readonly SampleMetric[]) => ({
  sampled_at: sample.sampledAt,
  session_id: sample.sessionId,
  port_no: sample.portNo,
  duration: sample.durationS,
  energy_consumed: kwh(sample.energyWh),
  ...Object.fromEntries(metrics.map((name) => [name, sample.metrics[name]])),
});

export const alarmView = (alarm: AlarmView): Alarm => ({
  id: alarm.alarmId,
  device_phy_id: alarm.deviceId,
  port_no: alarm.portNo,
  type: alarm.alarmType,
  source: alarm.source,
  level: alarm.severity,
  severity: alarm.severity,
  message: alarm.message ?? (alarm.portNo === null ? alarm.alarmType : `${alarm.alarmType} on port ${alarm.portNo}`),
  status: alarm.resolvedAt === null ? 'active' : 'resolved',
  details: alarm.details,
  created_at: alarm.raisedAt,
  resolved_at: alarm.resolvedAt,
});

export const sessionView = (session: SessionView): Session => ({
  session_id: session.sessionId,
  internal_order_id: session.internalOrderId,
  phy_id: session.deviceId,
  port_no: session.portNo,
  third_party_order_no: session.orderNo,
  order_no: session.orderNo,
  third_party_user_id: session.userId,
  status: STATUS_OF[session.state],
  detail_status: session.state,
  reason: session.detail,
  end_reason: session.endedAt === null ? null : session.detail,
  created_at: session.createdAt,
  start_time: session.startedAt,
  end_time: session.endedAt,
  duration: session.durationS,
  energy_consumed: kwh(session.energyWh),
  start_command_id: session.startCommandId,
  stop_command_id: session.stopCommandId,
});
