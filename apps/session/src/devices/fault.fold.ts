import { createHash } from 'node:crypto';
import type { FaultRecord } from '@chargebus/domain';
import { DeviceFault, DeviceRecovered } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import type { DeviceWork } from './device-work';

interface Trouble {
  readonly token: string;
  readonly portNo: number | null;
  readonly severity?: FaultRecord['severity'];
  readonly latched?: boolean;
  readonly ofPort?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

const CRITICAL = new Set([
  'smoke',
  'water',
  'fire_suppression',
  'fire_suppression_other',
  'fire_system',
  'short_circuit',
  'relay_stuck',
  'port_overheat',
  'duplicate_factory_id',
]);
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  smoke: ['cut_power', 'inspect_on_site'],
  water: ['cut_power', 'inspect_on_site'],
  short_circuit: ['disable_port', 'inspect_on_site'],
  relay_stuck: ['cut_power', 'replace_relay'],
  port_overheat: ['check_cooling', 'disable_port'],
  ambient_overheat: ['check_cooling'],
  temperature: ['check_cooling'],
  duplicate_factory_id: ['set_device_number'],
};

export function foldFault(work: DeviceWork, fact: ProtocolEventOf<'device.fault'>): void {
  const isSame = ({ token, portNo }: FaultRecord): boolean => token === fact.token && portNo === fact.portNo;
  const atMs = Date.parse(fact.at);
  if (fact.isOver === true && work.faults.some(isSame)) close(work, isSame, atMs, fact.id);
  else openFault(work, fact, atMs, fact.id);
}
export function foldFaultCleared(work: DeviceWork, fact: ProtocolEventOf<'device.fault_cleared'>): void {
  const tokens = new Set([fact.token, ...(fact.others ?? [])]);
  close(work, ({ token, portNo }) => portNo === fact.portNo && tokens.has(token), Date.parse(fact.at), fact.id);
}

/** One open fault per device, port and token: a repeat refreshes it. */
export function openFault(work: DeviceWork, trouble: Trouble, atMs: number, causeId: string): void {
  const { token, portNo } = trouble;
  const open = work.faults.find((fault) => fault.token === token && fault.portNo === portNo);
  if (open !== undefined) {
    const replace = (change: Partial<FaultRecord>): void => {
      work.faults = work.faults.map((fault) => (fault === open ? { ...fault, ...change } : fault));
    };
    // An alarm without an end lives by its repeats; one with an end does not need every heartbeat written down.
    if (open.latched && atMs > open.lastSeenAtMs) replace({ lastSeenAtMs: atMs });
    else if (trouble.ofPort === true && !open.latched && !open.ofPort) replace({ ofPort: true });
    return;
  }
  const { tenantId, deviceId } = work.device;
  const fault: FaultRecord = {
    faultId: `flt_${createHash('sha256')
      .update(`${causeId}\n${deviceId}\n${token}\n${String(portNo)}`)
      .digest('base64url')
      .slice(0, 20)}`,
    tenantId,
    deviceId,
    portNo,
    token,
    severity: trouble.severity ?? (CRITICAL.has(token) ? 'critical' : 'warning'),
    latched: trouble.latched ?? false,
    ofPort: trouble.ofPort ?? false,
    details: trouble.details ?? {},
    openedAtMs: atMs,
    lastSeenAtMs: atMs,
    closedAtMs: null,
  };
  work.faults = [...work.faults, fault];
  work.emit(
    DeviceFault,
    causeId,
    atMs,
    {
      faultId: fault.faultId,
      faultType: token,
      severity: fault.severity,
      portNo,
      details: { ...fault.details },
      affectedSession: portNo === null ? null : (work.holderOf(portNo)?.sessionId ?? null),
      autoRecovery: !fault.latched,
      suggestedActions: [...(ACTIONS[token] ?? ['inspect_on_site'])],
    },
    fault.faultId,
  );
}

/** The port says that nothing but this is wrong: what its state told of before is over. Other faults have their own end. */
export function closePortFaults(
  work: DeviceWork,
  portNo: number,
  still: readonly string[],
  atMs: number,
  causeId: string,
): void {
  const isOver = ({ ofPort, token, openedAtMs }: FaultRecord): boolean =>
    ofPort && !still.includes(token) && openedAtMs < atMs;
  close(work, (fault) => fault.portNo === portNo && isOver(fault), atMs, causeId);
}

/** Alarms whose devices never say that they are over end by age. */
export function closeAgedFaults(work: DeviceWork, causeId: string): void {
  const { nowMs, rules } = work.context;
  close(work, (fault) => fault.latched && nowMs - fault.lastSeenAtMs >= rules.latchedFaultMs, nowMs, causeId);
}

function close(work: DeviceWork, over: (fault: FaultRecord) => boolean, atMs: number, causeId: string): void {
  const closed = work.faults.filter(over);
  if (closed.length === 0) return;
  work.faults = work.faults.filter((fault) => !closed.includes(fault));
  for (const { faultId, token, portNo, openedAtMs } of closed)
    work.emit(
      DeviceRecovered,
      causeId,
      atMs,
      { faultId, faultType: token, portNo, durationS: Math.max(0, Math.round((atMs - openedAtMs) / 1000)) },
      faultId,
    );
}
