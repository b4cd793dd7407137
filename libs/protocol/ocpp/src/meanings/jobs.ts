import type { ProtocolEvent } from '@chargebus/events';
import { factId, notice } from '../connection/version';
import type { StationCall } from '../connection/version';
import { firmwareStageOf } from '../tables/firmware-stages';
import { criticalityOf, securityToken } from '../tables/security-events';

/** Where a firmware update stands. `Idle` and what no document names only answer a trigger. */
export function firmwareFact(status: string, requestId: number | undefined, call: StationCall): ProtocolEvent {
  const stage = firmwareStageOf(status);
  if (stage === null) return notice(call, 'firmware_status', { status });
  return {
    type: 'firmware.progress',
    id: factId(call),
    deviceId: call.deviceId,
    at: call.at,
    phase: stage.phase,
    packet: null,
    totalPackets: null,
    reason: stage.phase === 'failed' ? status : null,
    attributes: { status, stage: stage.stage, percent: stage.percent, requestId: requestId ?? null },
  };
}

const UPLOAD_FAILURES: ReadonlySet<string> = new Set([
  'UploadFailed',
  'UploadFailure',
  'BadMessage',
  'PermissionDenied',
  'NotSupportedOperation',
]);
/** Where the upload of a log stands. */
export function uploadFact(status: string, requestId: number | undefined, call: StationCall): ProtocolEvent {
  const outcome = status === 'Uploaded' ? 'done' : UPLOAD_FAILURES.has(status) ? 'failed' : 'running';
  return notice(call, 'log_upload', { status, outcome, requestId: requestId ?? null });
}

interface SecurityEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly techInfo?: string;
}
/** Kept for people to read; a critical one is a fault, too, which nobody says is over. */
export function securityFacts({ type, timestamp, techInfo }: SecurityEvent, call: StationCall): ProtocolEvent[] {
  const details = { category: 'security', type, timestamp, techInfo: techInfo ?? null };
  const told = notice(call, 'security_event', details);
  const criticality = criticalityOf(type);
  if (criticality === 'not_critical') return [told];
  const fault: ProtocolEvent = {
    type: 'device.fault',
    id: factId(call),
    deviceId: call.deviceId,
    at: call.at,
    token: securityToken(type),
    portNo: null,
    severity: criticality === 'routine' ? 'info' : 'critical',
    latched: true,
    details,
  };
  return [told, fault];
}
