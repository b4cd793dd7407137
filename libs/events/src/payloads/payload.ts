import { Instant } from '@chargebus/domain';
import type { PayloadVersion } from '@chargebus/domain';
import { z } from 'zod';
import { isSimulated } from '../define-event';
import type { EventDefinition, EventEnvelope } from '../define-event';

/** Names as integrators read them: snake_case, units of the API (kWh, W, V, A, °C, seconds; minutes for time limits). */
export type PayloadData = Readonly<Record<string, unknown>>;

/** Where a field of a payload comes from: a field of the event as it is, something made of it, or a group of such. */
type Source<D> = (keyof D & string) | Derived<D> | Group<D>;
interface Derived<D> {
  readonly schema: z.ZodType;
  readonly from: (data: D) => unknown;
}
interface Group<D> {
  readonly group: Readonly<Record<string, (keyof D & string) | Derived<D>>>;
}
type Fields<D> = Readonly<Record<string, Source<D>>>;

/** How one event looks on the wire, in each payload version. */
export interface PayloadShape {
  readonly event: EventDefinition;
  schema(version: PayloadVersion): z.ZodObject;
  render(data: unknown, version: PayloadVersion): PayloadData;
}

/** `flat` is left out where the two versions do not differ. */
export function shapeOf<T extends string, S extends z.ZodObject>(
  event: EventDefinition<T, S>,
  v1: Fields<z.infer<S>>,
  flat: Fields<z.infer<S>> = v1,
): PayloadShape {
  const fields = { v1, 'v1-flat': flat };
  const schemas = { v1: schemaOf(event.data, v1), 'v1-flat': schemaOf(event.data, flat) };
  return {
    event,
    schema: (version) => schemas[version],
    render: (data, version) => render(fields[version], event.data.parse(data)),
  };
}

export const derived = <D, S extends z.ZodType>(schema: S, from: (data: D) => z.input<S>): Derived<D> => ({
  schema,
  from,
});
export const group = <D>(fields: Group<D>['group']): Group<D> => ({ group: fields });

function schemaOf<D>(data: z.ZodObject, fields: Fields<D>): z.ZodObject {
  const one = (source: Source<D>): z.ZodType => {
    if (typeof source !== 'string') return 'group' in source ? schemaOf(data, source.group) : source.schema;
    const schema = data.shape[source] as z.ZodType | undefined;
    if (schema === undefined) throw new Error(`the event has no field ${source}`);
    return schema;
  };
  return z.object(Object.fromEntries(Object.entries(fields).map(([name, source]) => [name, one(source)])));
}

const render = <D>(fields: Fields<D>, data: D): PayloadData =>
  Object.fromEntries(Object.entries(fields).map(([name, source]) => [name, valueOf(source, data)]));

function valueOf<D>(source: Source<D>, data: D): unknown {
  if (typeof source === 'string') return data[source];
  return 'group' in source ? render(source.group, data) : source.from(data);
}

/** The envelope of I01 with the times of decision 12. */
export const PayloadEnvelope = z.object({
  event: z.string(),
  event_id: z.string(),
  device_phy_id: z.string().nullable(),
  timestamp: z.int(),
  occurred_at: Instant,
  sequence: z.int().nonnegative(),
  simulated: z.literal(true).optional(), // the device did not say it
});

export function renderBody(
  event: Pick<EventEnvelope, 'id' | 'type' | 'deviceId' | 'occurredAt' | 'sequence'> &
    Partial<Pick<EventEnvelope, 'causeId'>>,
  data: PayloadData,
): string {
  return JSON.stringify({
    event: event.type,
    event_id: event.id,
    device_phy_id: event.deviceId,
    timestamp: Math.floor(Date.parse(event.occurredAt) / 1000),
    occurred_at: event.occurredAt,
    sequence: event.sequence,
    ...(isSimulated({ causeId: event.causeId ?? null }) && { simulated: true as const }),
    data,
  } satisfies z.input<typeof PayloadEnvelope> & { data: PayloadData });
}

/** kWh with at most six decimals, so that no binary remainder shows. Null stays null. */
export const toKwh = <N extends number | null>(energyWh: N): N =>
  (energyWh === null ? null : Math.round(energyWh * 1_000) / 1_000_000) as N;
