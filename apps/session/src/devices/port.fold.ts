import { isFinal, PORT_STATES_CHARGING } from '@chargebus/domain';
import type { ChargingSession } from '@chargebus/domain';
import { PortStatusChanged } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import type { z } from 'zod';
import { confirmRunning, ensurePort } from '../sessions/transitions';
import type { DeviceWork } from './device-work';
import { closePortFaults, openFault } from './fault.fold';
import type { PortReport } from '@chargebus/events';

type Report = z.infer<typeof PortReport>;

/** The states of several ports, as a heartbeat or a status frame has them. */
export function foldPorts(work: DeviceWork, fact: ProtocolEventOf<'device.heartbeat' | 'port.status'>): void {
  const atMs = Date.parse(fact.at);
  for (const report of fact.ports) {
    if (!reportPort(work, report, atMs, fact.id)) continue;
    const holder = work.holderOf(report.portNo);
    if (holder !== undefined) followPort(work, holder, report, atMs, fact.id);
  }
}

/** Takes one report over. False: it is older than what is known, so nothing may follow from it. */
export function reportPort(work: DeviceWork, report: Report, atMs: number, causeId: string): boolean {
  ensurePort(work, report.portNo);
  const port = work.findPort(report.portNo);
  if (port === undefined || (port.changedAtMs !== null && atMs < port.changedAtMs)) return false;
  if (report.state !== port.state || report.fault !== port.fault) {
    work.putPort({ ...port, state: report.state, fault: report.fault, changedAtMs: atMs });
    if (report.state !== port.state)
      work.emit(
        PortStatusChanged,
        causeId,
        atMs,
        {
          portNo: port.portNo,
          from: port.changedAtMs === null ? null : port.state,
          to: report.state,
          ...(report.detail !== undefined && { detail: report.detail }),
        },
        port.portNo.toString(),
      );
  }
  followFaults(work, report, atMs, causeId);
  return true;
}

function followFaults(work: DeviceWork, { portNo, state, fault, faults }: Report, atMs: number, causeId: string): void {
  const told = faults ?? (fault === null ? [] : [fault]);
  for (const token of told) openFault(work, { token, portNo, ofPort: true }, atMs, causeId);
  const isWell = fault === null && state !== 'fault' && state !== 'unknown';
  if (isWell || faults !== undefined) closePortFaults(work, portNo, told, atMs, causeId);
}

/** What a port's own state proves about the charge that holds it. A settlement alone ends a charge. */
function followPort(work: DeviceWork, session: ChargingSession, report: Report, atMs: number, causeId: string): void {
  if (isFinal(session.state)) return;
  if (PORT_STATES_CHARGING.includes(report.state)) {
    if (session.evidenceUntilMs !== null || session.state === 'interrupted' || session.notChargingSinceMs !== null)
      confirmRunning(work, session, 'evidence', { causeId, startedAtMs: atMs, portNo: report.portNo });
    return;
  }
  const runs = session.state === 'charging' || session.state === 'stopping' || session.state === 'interrupted';
  const sawItRun = session.startedAtMs !== null && atMs > session.startedAtMs;
  if (runs && sawItRun && session.notChargingSinceMs === null && report.state !== 'unknown')
    work.setSession(session, { notChargingSinceMs: atMs });
}
