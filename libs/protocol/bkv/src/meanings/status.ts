import type { ProtocolEvent } from '@chargebus/events';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes, arrivalId, NEVER } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { jackFaultOf, portStateOf } from '../tables/jack-status';
import { toPortNo } from '../tables/ports';

/** One jack of a report; the container leaves out what the socket did not say. */
type JackReport = FieldsOf<'0015/1C'>['jacks'][number];
interface SocketReport {
  readonly socketNo: number;
  readonly temperatureC: number | null;
  readonly jacks: readonly (Partial<JackReport> & { readonly jack: number; readonly status: number })[];
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
  const reports = sockets.flatMap(({ socketNo, temperatureC = null, jacks = [] }) => {
    const complete = jacks.flatMap((one) =>
      one.jack === undefined || one.status === undefined ? [] : [{ ...one, jack: one.jack, status: one.status }],
    );
    return socketNo === undefined ? [] : [{ socketNo, temperatureC, jacks: complete }];
  });
  const fields = { ok: true, ...(requestId !== undefined && { requestId }) };
  return {
    facts: reportFacts(reports, incoming),
    answer: { when: 'now', bytes: answerBytes(incoming, '1000/1017', fields) },
  };
};

function reportFacts(reports: readonly SocketReport[], incoming: Incoming): readonly ProtocolEvent[] {
  const { deviceId, at, device } = incoming;
  const ports = [];
  const samples: ProtocolEvent[] = [];
  for (const { socketNo, temperatureC, jacks } of reports) {
    for (const jack of jacks) {
      const portNo = toPortNo(socketNo, jack.jack);
      if (portNo === null) continue;
      device.statuses.set(portNo, jack.status);
      ports.push({ portNo, state: portStateOf(jack.status), fault: jackFaultOf(jack.status) });
      const sample = progress(portNo, jack, temperatureC, incoming);
      if (sample !== null) samples.push(sample);
    }
  }
  if (ports.length === 0) return [];
  return [{ type: 'port.status', id: arrivalId(incoming), deviceId, at, ports }, ...samples];
}

/** A report is a sample, too, where an order runs. */
function progress(
  portNo: number,
  jack: SocketReport['jacks'][number],
  temperatureC: number | null,
  incoming: Incoming,
): ProtocolEvent | null {
  const { deviceId, at, device } = incoming;
  const { status, businessNo = 0 } = jack;
  if (portStateOf(status) !== 'charging' || businessNo === 0) return null;
  const order = device.orders.findCharging(portNo, businessNo);
  return {
    type: 'charge.progress',
    id: `${arrivalId(incoming)}:${portNo}`,
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
