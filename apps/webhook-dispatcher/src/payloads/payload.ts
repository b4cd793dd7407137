import type { EventDefinition, EventEnvelope } from '@chargebus/events';
import type { PayloadVersion } from '@chargebus/persistence/webhook';
import type { z } from 'zod';

/** Names as integrators read them: snake_case, units of the API (kWh, W, V, A, °C, seconds; minutes for time limits). */
export type PayloadData = Readonly<Record<string, unknown>>;

/** How one event looks on the wire, in each payload version (decision 9). */
export interface PayloadShape {
  readonly type: string;
  render(data: unknown, version: PayloadVersion): PayloadData;
}

/** `flat` is left out where the two versions do not differ. */
export function shapeOf<T extends string, S extends z.ZodType>(
  event: EventDefinition<T, S>,
  v1: (data: z.infer<S>) => PayloadData,
  flat: (data: z.infer<S>) => PayloadData = v1,
): PayloadShape {
  return {
    type: event.type,
    render: (data, version) => {
      const known = event.data.parse(data);
      return version === 'v1' ? v1(known) : flat(known);
    },
  };
}

/** The envelope of I01 with the times of decision 12. `timestamp`: Unix seconds. */
export function renderBody(
  event: Pick<EventEnvelope, 'id' | 'type' | 'deviceId' | 'occurredAt' | 'sequence'>,
  data: PayloadData,
): string {
  return JSON.stringify({
    event: event.type,
    event_id: event.id,
    device_phy_id: event.deviceId,
    timestamp: Math.floor(Date.parse(event.occurredAt) / 1000),
    occurred_at: event.occurredAt,
    sequence: event.sequence,
    data,
  });
}

/** kWh with at most six decimals, so that no binary remainder shows. Null stays null. */
export const toKwh = (energyWh: number | null): number | null =>
  energyWh === null ? null : Math.round(energyWh * 1_000) / 1_000_000;
