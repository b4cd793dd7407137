import { now } from '../../connection/version';
import { securityFacts } from '../../meanings/jobs';
import type { Meaning } from '../connection/incoming';

export const meansSecurityEvent: Meaning<'SecurityEventNotification'> = (request, incoming) => ({
  facts: securityFacts(request, incoming),
  reply: now({}),
});

/** Stations give up on an answer after 30 s. */
const SIGNING_DEADLINE_MS = 10_000;

/** Asks the operator's authority; the chain follows as an order of its own. */
export const meansSignCertificate: Meaning<'SignCertificate'> = ({ csr, certificateType }, { deviceId }) => ({
  facts: [],
  reply: {
    when: 'certified',
    deadlineMs: SIGNING_DEADLINE_MS,
    question: {
      kind: 'certificate.sign',
      deviceId,
      csrPem: csr,
      use: certificateType === 'V2GCertificate' ? 'v2g' : 'station',
    },
    payload: (reply) =>
      reply?.decision === 'accepted'
        ? { status: 'Accepted' }
        : { status: 'Rejected', statusInfo: { reasonCode: reply === null ? 'NoAnswer' : 'NotSigned' } },
  },
});
