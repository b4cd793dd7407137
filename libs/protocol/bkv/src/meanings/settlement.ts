import { toInstant } from '@chargebus/domain';
import type { OrderRef } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import { toHex } from '@chargebus/protocol-core';
import type { Reception } from '@chargebus/protocol-core';
import { answerBytes } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import type { Ordered, RunningOrder } from '../connection/order-memory';
import { plausibleMs } from '../local-time';
import type { EndReason } from '../tables/jack-status';
import { toPortNo } from '../tables/ports';

type Settled = ProtocolEventOf<'charge.settled'>;

/** What every kind of end report has. */
interface EndReport {
  readonly socketNo?: number;
  readonly jack?: number;
  readonly businessNo?: number;
  readonly energyWh?: number;
  readonly durationMin?: number;
  readonly endReason?: EndReason;
  readonly endTime?: string;
  readonly cardNo?: string;
  readonly mode?: string;
}

export const meansOrderEnd: Meaning<'0015/02' | '0015/18'> = (fields, incoming) => {
  const { command } = incoming;
  const acknowledge = (ok: boolean): Uint8Array => answerBytes(incoming, '0015/0C', { socketNo: fields.socketNo, ok });
  const echo = (): Uint8Array =>
    answerBytes(incoming, command === '0015/18' ? '0015/18' : '0015/02', { socketNo: fields.socketNo, ok: true });
  return settle(fields, incoming, (ok, isRepeat) => (isRepeat ? concat(acknowledge(ok), echo()) : acknowledge(ok)));
};
export const meansCardOrderEnd: Meaning<'0015/0C'> = (fields, incoming) =>
  settle(fields, incoming, (ok) => answerBytes(incoming, '0015/0C', { socketNo: fields.socketNo, ok }));
export const meansFeeOrderEnd: Meaning<'1000/1004'> = (fields, incoming) => {
  const { socketNo, jack, requestId } = fields;
  return settle(fields, incoming, (ok) =>
    answerBytes(incoming, '1000/1004', {
      ...(requestId !== undefined && { requestId }),
      ok,
      ...(socketNo !== undefined && { socketNo }),
      ...(jack !== undefined && { jack }),
    }),
  );
};

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Answered once stored, every copy, also for orders that nobody knows: unanswered, the device repeats it and then drops
 * the connection. A copy after an answer shows that this firmware wants the other form, so it gets both (page §7).
 */
function settle(
  report: EndReport,
  incoming: Incoming,
  answer: (ok: boolean, isRepeat: boolean) => Uint8Array,
): Reception {
  const { device, atMs } = incoming;
  const { socketNo = 0, jack = -1, businessNo } = report;
  const portNo = toPortNo(socketNo, jack);
  if (portNo === null || businessNo === undefined) {
    return { facts: [unaccountable(incoming)], answer: { when: 'stored', bytes: answer(false, false) } };
  }
  const order = device.orders.findEnded(portNo, businessNo);
  const fact = settled(report, { portNo, businessNo }, order, incoming);
  const isRepeat = device.orders.noteEnded(portNo, businessNo, atMs);
  device.statuses.delete(portNo);
  return { facts: [fact], answer: { when: 'stored', bytes: answer(true, isRepeat) } };
}

function unaccountable({ deviceId, at, command, bytes }: Incoming): ProtocolEventOf<'frame.rejected'> {
  const hex = toHex(bytes);
  const id = `${deviceId}:${command}:raw:${hex.slice(8, 160)}`;
  return { type: 'frame.rejected', id, deviceId, at, reason: 'no_such_jack', command, hex, isSettlement: true };
}

const DAY_MS = 86_400_000;
/**
 * Copies differ in the power of the last moment, and the device's numbers begin again: what the order is known by, its
 * account, and the day, make the fact (page §7).
 */
function factId(report: EndReport, { portNo, businessNo }: Place, { deviceId, atMs }: Incoming): string {
  const { energyWh = 0, durationMin = 0, endTime } = report;
  const when = endTime ?? String(Math.floor(atMs / DAY_MS));
  return `${deviceId}:end:${portNo}:${businessNo}:${energyWh}:${durationMin}:${when}`;
}
interface Place {
  readonly portNo: number;
  readonly businessNo: number;
}

function settled(report: EndReport, place: Place, found: RunningOrder | 'other' | null, incoming: Incoming): Settled {
  const { deviceId, at, atMs, device, options, command } = incoming;
  const { energyWh = 0, durationMin = 0, endReason = 'unknown', cardNo } = report;
  const { portNo, businessNo } = place;
  const order = found === 'other' ? null : found;
  const durationS = durationMin * 60;
  const endedAtMs = plausibleMs(report.endTime, options.utcOffsetMin, atMs);
  const byCard = cardNo !== undefined || order?.cardNo != null;
  return {
    type: 'charge.settled',
    id: factId(report, place, incoming),
    deviceId,
    at,
    portNo,
    orderRef: found === 'other' ? strangerRef(portNo, businessNo, atMs) : (order?.orderRef ?? null),
    source: byCard ? 'card' : order === null ? 'unknown' : 'platform',
    cardId: cardNo ?? order?.cardNo ?? null,
    startedAt: toInstant(endedAtMs - durationS * 1000),
    endedAt: endedAtMs === atMs ? at : toInstant(endedAtMs),
    durationS,
    energyWh,
    maxPowerW: null,
    ...endOf(endReason, {
      mode: order?.mode ?? report.mode ?? null,
      stopping: device.orders.isStopping(portNo),
      usedUp: order !== null && isUsedUp(order.ordered, { durationMin, energyWh }),
    }),
    attributes: { ...report, command },
  };
}

/** Not the order that runs at the port now, so the port must not tell which one it is. */
const strangerRef = (portNo: number, businessNo: number, atMs: number): OrderRef =>
  `bkv-${portNo}-${businessNo}-${Math.floor(atMs / DAY_MS)}` as OrderRef;

type End = Pick<Settled, 'endReason' | 'endClass' | 'fault'>;
const REACHED: Readonly<Record<string, string>> = { time: 'time_reached', energy: 'energy_reached' };

/** Page §7. A finished order and a stopped one look the same, so it counts whether we sent a stop. */
interface Circumstances {
  readonly mode: string | null;
  readonly stopping: boolean; // this connection sent a stop
  readonly usedUp: boolean;
}
const isUsedUp = (ordered: Ordered, { durationMin, energyWh }: Ordered): boolean =>
  (ordered.durationMin > 0 && durationMin >= ordered.durationMin) ||
  (ordered.energyWh > 0 && energyWh >= ordered.energyWh);

function endOf(reason: EndReason, { mode, stopping, usedUp }: Circumstances): End {
  switch (reason) {
    case 'overheat':
    case 'overcurrent':
    case 'overload':
    case 'meter_fault':
      return { endReason: reason, endClass: 'fault', fault: reason };
    case 'power_lost':
      return { endReason: reason, endClass: 'fault', fault: null }; // the port is gone, nothing is wrong with it
    case 'no_load':
      return { endReason: reason, endClass: 'stopped', fault: null };
    case 'target_reached':
    case 'full_or_stopped':
    case 'unknown':
      if (stopping) return { endReason: 'remote', endClass: 'stopped', fault: null };
      if (reason === 'unknown' && !usedUp) return { endReason: 'unknown', endClass: 'stopped', fault: null };
      return {
        endReason: reason === 'full_or_stopped' ? 'full' : (REACHED[mode ?? ''] ?? reason),
        endClass: 'planned',
        fault: null,
      };
  }
}
