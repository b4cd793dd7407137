import type { ProtocolEvent } from '@chargebus/events';
import { factId, notice, now } from '../../connection/version';
import { firmwareStageOf } from '../../tables/firmware-stages';
import { criticalityOf, securityToken } from '../../tables/security-events';
import type { Incoming, Meaning } from '../connection/incoming';

function firmwareFact(status: string, requestId: number | undefined, incoming: Incoming): ProtocolEvent {
  const { deviceId, at } = incoming;
  const stage = firmwareStageOf(status);
  if (stage === null) return notice(incoming, 'firmware_status', { status });
  return {
    type: 'firmware.progress',
    id: factId(incoming),
    deviceId,
    at,
    phase: stage.phase,
    packet: null,
    totalPackets: null,
    reason: stage.phase === 'failed' ? status : null,
    attributes: { status, stage: stage.stage, percent: stage.percent, requestId: requestId ?? null },
  };
}
/** 1.6 has no number for its job: one at a time. `Idle` only answers a trigger. */
export const meansFirmwareStatus: Meaning<'FirmwareStatusNotification'> = ({ status }, incoming) => ({
  facts: [firmwareFact(status, undefined, incoming)],
  reply: now({}),
});
export const meansSignedFirmwareStatus: Meaning<'SignedFirmwareStatusNotification'> = (request, incoming) => ({
  facts: [firmwareFact(request.status, request.requestId, incoming)],
  reply: now({}),
});

const FAILED: ReadonlySet<string> = new Set([
  'UploadFailed',
  'UploadFailure',
  'BadMessage',
  'PermissionDenied',
  'NotSupportedOperation',
]);
const uploadFact = (status: string, requestId: number | undefined, incoming: Incoming): ProtocolEvent => {
  const outcome = status === 'Uploaded' ? 'done' : FAILED.has(status) ? 'failed' : 'running';
  return notice(incoming, 'log_upload', { status, outcome, requestId: requestId ?? null });
};
export const meansDiagnosticsStatus: Meaning<'DiagnosticsStatusNotification'> = ({ status }, incoming) => ({
  facts: [uploadFact(status, undefined, incoming)],
  reply: now({}),
});
export const meansLogStatus: Meaning<'LogStatusNotification'> = ({ status, requestId }, incoming) => ({
  facts: [uploadFact(status, requestId, incoming)],
  reply: now({}),
});

export const meansSecurityEvent: Meaning<'SecurityEventNotification'> = ({ type, timestamp, techInfo }, incoming) => {
  const { deviceId, at } = incoming;
  const details = { category: 'security', type, timestamp, techInfo: techInfo ?? null };
  const told = notice(incoming, 'security_event', details);
  const criticality = criticalityOf(type);
  if (criticality === 'not_critical') return { facts: [told], reply: now({}) };
  const fault: ProtocolEvent = {
    type: 'device.fault',
    id: factId(incoming),
    deviceId,
    at,
    token: securityToken(type),
    portNo: null,
    severity: criticality === 'routine' ? 'info' : 'critical',
    latched: true,
    details,
  };
  return { facts: [told, fault], reply: now({}) };
};

/** Stations give up on an answer after 30 s. */
const SIGNING_DEADLINE_MS = 10_000;
/** Asks the operator's authority; the chain follows as an order of its own. */
export const meansSignCertificate: Meaning<'SignCertificate'> = ({ csr }, { deviceId }) => ({
  facts: [],
  reply: {
    when: 'certified',
    deadlineMs: SIGNING_DEADLINE_MS,
    question: { kind: 'certificate.sign', deviceId, csrPem: csr, use: 'station' },
    payload: (reply) => ({ status: reply?.decision === 'accepted' ? 'Accepted' : 'Rejected' }),
  },
});

/** Of vendors that the installation knows; everything is kept for people to read. */
export const meansDataTransfer: Meaning<'DataTransfer'> = ({ vendorId, messageId, data }, incoming) => {
  const messages = incoming.options.vendors.get(vendorId);
  const isKnown = messages === null || (messageId !== undefined && messages?.has(messageId) === true);
  const status = messages === undefined ? 'UnknownVendorId' : isKnown ? 'Accepted' : 'UnknownMessageId';
  const details = { vendorId, messageId: messageId ?? null, data: data ?? null, status };
  return { facts: [notice(incoming, 'data_transfer', details)], reply: now({ status }) };
};
