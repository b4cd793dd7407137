import { DeviceId, Instant, TenantId } from '@chargebus/domain';
import { z } from 'zod';

export interface EventDefinition<T extends string = string, S extends z.ZodType = z.ZodType> {
  readonly type: T;
  readonly version: number;
  readonly title: string;
  /** Internal events never leave by webhook and are not in the catalogue that integrators see. */
  readonly internal: boolean;
  readonly data: S;
  readonly example: z.input<S>;
}

/** Declares one business event: type, version, schema and example; everything else is derived. */
export function defineEvent<T extends string, S extends z.ZodType>(definition: {
  readonly type: T;
  readonly version: number;
  readonly title: string;
  readonly internal?: boolean;
  readonly data: S;
  readonly example: z.input<S>;
}): EventDefinition<T, S> {
  return { internal: false, ...definition };
}

/** How the ids of facts begin that nobody sent but a person made up; the events that follow have them for a cause. */
export const SIMULATED = 'simulated:';
export const isSimulated = ({ causeId }: Pick<EventEnvelope, 'causeId'>): boolean =>
  causeId?.startsWith(SIMULATED) === true;

/** What every business event carries besides its data. `deviceId` null: the event is about the tenant. */
export interface EventEnvelope<T extends string = string, D = unknown> {
  readonly id: string; // function of the cause and the type: a repeat is the same event
  readonly type: T;
  readonly version: number;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId | null;
  readonly occurredAt: Instant;
  readonly sequence: number; // per device, increasing; per tenant where there is no device
  readonly causeId: string | null;
  readonly data: D;
}
export type EventOf<E> = E extends EventDefinition<infer T, infer S> ? EventEnvelope<T, z.infer<S>> : never;

export const envelopeSchema = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  version: z.number().int().positive(),
  tenantId: TenantId,
  deviceId: DeviceId.nullable(),
  occurredAt: Instant,
  sequence: z.number().int().nonnegative(),
  causeId: z.string().nullable(),
  data: z.unknown(),
});
