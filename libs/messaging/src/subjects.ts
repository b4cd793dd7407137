import { partitionOf } from '@chargebus/domain';

/** Makes any text one NATS token: what could end or widen a token is written as `=XX` (UTF-8 hex), `=` included. */
export function subjectToken(text: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(text)) return text;
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(char) ? char : `=${byte.toString(16).padStart(2, '0').toUpperCase()}`;
    })
    .join('');
}

export const partSubject = (part: number): string => `cb.dev.${part.toString()}`;
export const factSubject = (deviceId: string): string => partSubject(partitionOf(deviceId));
export const eventSubject = (tenantId: string, deviceId: string | null, type: string): string =>
  `cb.evt.${tenantId}.${deviceId === null ? '-' : subjectToken(deviceId)}.${type}`;
export const downSubject = (deviceId: string): string => `cb.down.${subjectToken(deviceId)}`;
/** A gateway says that it has the device now: core NATS, nothing is kept. */
export const claimSubject = (deviceId: string): string => `cb.link.claimed.${subjectToken(deviceId)}`;
export const ALL_CLAIMS = 'cb.link.claimed.*';
/** Word of changes to what `api` knows of who may do what: clients, roles, settings. */
export const iamChangedSubject = (topic: string): string => `cb.iam.${topic}.changed`;
/** Frames of a device; `*`: both ways. */
export const traceSubject = (deviceId: string, direction: 'up' | 'down' | '*'): string =>
  `cb.trace.${subjectToken(deviceId)}.${direction}`;
