import type { ProtocolEvent } from '@chargebus/events';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes, arrivalId, NEVER } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { jackFaultsOf, portStateOf } from '../tables/jack-status';
import { toPortNo } from '../tables/ports';

/** A container leaves out what the socket did not say. */
type JackReport = Partial<FieldsOf<'0015/1C'>['jacks'][number]>;
interface SocketReport {
  readonly socketNo?: number;
  readonly temperatureC?: number;
  readonly jacks?: readonly JackReport[];
}

/** A report by itself is acknowledged; with the serial of a query it is that query's answer (page §5). */
export const meansSocketStatus: Meaning<'0015/1C' | '0015/1D'> = (fields, incoming) => ({
  facts: reportFacts([fields], incoming),
  answer:
    incoming.serial === 0 && incoming.command === '0015/1C'
      ? { when: 'now', bytes: answerBytes(incoming, '0015/1C', { socketNo: fields.socketNo, ok: true }) }
      : NEVER,
});

export const meansStatusGroup: Meaning<'1000/1017'> = ({ sockets = [], requestId }, incoming) => {
  return { facts: reportFacts(sockets, incoming), answer: { when: 'now', bytes: statusAck(requestId, incoming) } };
};
function statusAck(requestId: string | undefined, incoming: Incoming): Uint8Array {
  const { device, serial } = incoming;
  const last = device.statusAck;
  if (last?.serial === serial && last.requestId === requestId) return last.bytes;
  const fields = requestId === undefined ? { ok: true } : { requestId, ok: true };
  const bytes = answerBytes(incoming, '1000/1017', fields);
  device.statusAck = { serial, requestId, bytes };
  return bytes;
}

function reportFacts(reports: readonly SocketReport[], incoming: Incoming): readonly ProtocolEvent[] {
  const { deviceId, at, device } = incoming;
  const ports = [];
  const samples: ProtocolEvent[] = [];
  const id = arrivalId(incoming);
  for (const { socketNo, temperatureC = null, jacks = [] } of reports) {
    if (socketNo === undefined) continue;
    for (const jack of jacks) {
      const { status } = jack;
      const portNo = jack.jack === undefined ? null : toPortNo(socketNo, jack.jack);
      if (portNo === null || status === undefined) continue;
      const state = portStateOf(status);
      device.statuses.set(portNo, status);
      const faults = state === 'unknown' ? [] : jackFaultsOf(status); // nobody reaches the socket: what was wrong may be still
      const [fault = null] = faults;
      ports.push({ portNo, state, fault, ...(fault !== null && { faults: [...faults] }), socketNo });
      if (state === 'charging' && (jack.businessNo ?? 0) !== 0)
        samples.push(progress(`${id}:${portNo}`, portNo, jack, temperatureC, incoming));
    }
  }
  if (ports.length === 0) return [];
  return [{ type: 'port.status', id, deviceId, at, ports }, ...samples];
}

/** A report is a sample, too, where an order runs. */
function progress(
  id: string,
  portNo: number,
  jack: JackReport,
  temperatureC: number | null,
  { deviceId, at, device }: Incoming,
): ProtocolEvent {
  const order = device.orders.findCharging(portNo, jack.businessNo ?? 0);
  return {
    type: 'charge.progress',
    id,
    deviceId,
    at,
    portNo,
    orderRef: order?.orderRef ?? null,
    source: order === null ? 'unknown' : order.cardNo === null ? 'platform' : 'card',
    portState: 'charging',
    phase: 'charging',
    durationS: (jack.durationMin ?? 0) * 60,
    energyWh: jack.energyWh ?? 0,
    powerW: jack.powerW ?? null,
    maxPowerW: null,
    minPowerW: null,
    avgPowerW: null,
    voltageV: jack.voltageV ?? null,
    currentA: jack.currentA ?? null,
    frequencyHz: null,
    temperatureC, // of the socket; the jacks have none of their own
    envTemperatureC: null,
    socPct: null,
  };
}
