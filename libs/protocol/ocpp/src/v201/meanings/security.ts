import { factId, notice, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { criticalityOf, securityToken } from '../../tables/security-events';

/** Kept; a critical one is a fault of the device, of which no station says that it is over. */
export const meansSecurityEvent: Meaning<'SecurityEventNotification'> = ({ type, timestamp, techInfo }, incoming) => {
  const { deviceId, at } = incoming;
  const details = { category: 'security', type, timestamp, techInfo: techInfo ?? null };
  const told = notice(incoming, 'security_event', details);
  const criticality = criticalityOf(type);
  if (criticality === 'not_critical') return { facts: [told], reply: now({}) };
  return {
    facts: [
      told,
      {
        type: 'device.fault',
        id: factId(incoming),
        deviceId,
        at,
        token: securityToken(type),
        portNo: null,
        severity: criticality === 'routine' ? 'info' : 'critical',
        latched: true,
        details,
      },
    ],
    reply: now({}),
  };
};

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
