import type { DeviceId, PortNo, SessionId, TenantId } from '@chargebus/domain';
import { DELIVERABLE_EVENTS, wantsEvent } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { subjectToken } from '@chargebus/messaging';
import type { DeviceSelection } from '@chargebus/messaging';

/** What a reader wants to see; every part narrows, null does not matter. */
export interface StreamFilter {
  readonly tenantId: TenantId;
  readonly patterns: readonly string[];
  readonly devices: DeviceSelection | null; // null: all of the tenant, and events about no device too
  readonly only: DeviceId | null; // the one device that is named, so that NATS does not send the others
  readonly portNo: PortNo | null;
  readonly sessionId: SessionId | null;
  /** Of events about no device a principal with a data scope sees those that say nothing of others' devices. */
  readonly limited: boolean;
}

/** Events about no device that everybody in the tenant may see. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set(['system.maintenance']);

/** The subjects of NATS that hold all that can pass, and as little else as can be said in subjects. */
export const subjectsOf = (filter: Pick<StreamFilter, 'tenantId' | 'patterns' | 'only'>): readonly string[] =>
  DELIVERABLE_EVENTS.filter((type) => wantsEvent(filter.patterns, type)).map((type) =>
    [`cb.evt.${filter.tenantId}`, filter.only === null ? '*' : subjectToken(filter.only), type].join('.'),
  );

/** Those of a batch that pass, in their order. Throws what asking for devices throws. */
export async function passing<T extends { readonly event: EventEnvelope }>(
  filter: StreamFilter,
  batch: readonly T[],
): Promise<readonly T[]> {
  const fitting = batch.filter(({ event }) => fits(filter, event));
  if (filter.devices === null) return fitting;
  const ids = fitting.flatMap(({ event }) => event.deviceId ?? []);
  const members = await filter.devices.membersAmong(ids);
  return fitting.filter(({ event }) => event.deviceId === null || members.has(event.deviceId));
}

function fits(filter: StreamFilter, event: EventEnvelope): boolean {
  if (event.tenantId !== filter.tenantId || !wantsEvent(filter.patterns, event.type)) return false;
  const narrowed = filter.devices !== null || filter.portNo !== null || filter.sessionId !== null;
  if (event.deviceId === null && narrowed) return filter.limited && FOR_EVERYBODY.has(event.type);
  const data = event.data as Readonly<Record<string, unknown>>;
  if (filter.portNo !== null && data.portNo !== filter.portNo) return false;
  return filter.sessionId === null || sessionsOf(data).includes(filter.sessionId);
}

/** The charges that an event is about. */
const sessionsOf = (data: Readonly<Record<string, unknown>>): readonly unknown[] => [
  data.sessionId,
  data.affectedSession,
  ...(Array.isArray(data.affectedSessions) ? (data.affectedSessions as unknown[]) : []),
];
