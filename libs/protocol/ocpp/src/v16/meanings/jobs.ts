import { vendorStatus } from '../../connection/options';
import { notice, now } from '../../connection/version';
import { firmwareFact, securityFacts, uploadFact } from '../../meanings/jobs';
import type { Meaning } from '../connection/incoming';

/** 1.6 has no number for its job: one at a time. `Idle` only answers a trigger. */
export const meansFirmwareStatus: Meaning<'FirmwareStatusNotification'> = ({ status }, incoming) => ({
  facts: [firmwareFact(status, undefined, incoming)],
  reply: now({}),
});
export const meansSignedFirmwareStatus: Meaning<'SignedFirmwareStatusNotification'> = (request, incoming) => ({
  facts: [firmwareFact(request.status, request.requestId, incoming)],
  reply: now({}),
});

export const meansDiagnosticsStatus: Meaning<'DiagnosticsStatusNotification'> = ({ status }, incoming) => ({
  facts: [uploadFact(status, undefined, incoming)],
  reply: now({}),
});
export const meansLogStatus: Meaning<'LogStatusNotification'> = ({ status, requestId }, incoming) => ({
  facts: [uploadFact(status, requestId, incoming)],
  reply: now({}),
});

export const meansSecurityEvent: Meaning<'SecurityEventNotification'> = (request, incoming) => ({
  facts: securityFacts(request, incoming),
  reply: now({}),
});

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
  const status = vendorStatus(incoming.options, vendorId, messageId);
  const details = { vendorId, messageId: messageId ?? null, data: data ?? null, status };
  return { facts: [notice(incoming, 'data_transfer', details)], reply: now({ status }) };
};
