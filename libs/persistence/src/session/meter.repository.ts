import { hash53 } from '@chargebus/domain';
import type { MeterSample, TenantId } from '@chargebus/domain';
import { keepDays } from '../daily-partitions';
import type { Database, Transaction } from '../database';
import { asSystem } from '../scope';

export interface StoredSample {
  readonly tenantId: TenantId;
  readonly internalOrderId: number;
  readonly factId: string;
  readonly sample: MeterSample;
}

/** `{1,NULL,2}`: an array parameter without the driver's quoting, which numbers do not need. */
const numbers = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => (value === null ? 'NULL' : String(value))).join(',')}}`;

/** An hour may be rolled up a while after its end: samples that come later than this are noted, to be rolled up again. */
const LATE_AFTER_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const hourOf = (ms: number): number => ms - (ms % HOUR_MS);
/** Until when hours can be rolled up: what is committed by then and was not late when it was written is there. */
export const rollableUntil = (nowMs: number): number => nowMs - 2 * LATE_AFTER_MS;

/** Samples of charges, in daily partitions. Written by `session` only; a sample that is there already stays as it is. */
export class MeterRepository {
  constructor(
    private readonly database: Database,
    private readonly now: () => number = Date.now,
  ) {}

  /** One statement for any number of samples; inside the transaction that changes the sessions. */
  async add(tx: Transaction, rows: readonly StoredSample[]): Promise<void> {
    if (rows.length === 0) return;
    const column = (pick: (sample: MeterSample) => number | null): string =>
      numbers(rows.map(({ sample }) => pick(sample)));
    await tx.query(
      `INSERT INTO session.meter_values (tenant_id, internal_order_id, sampled_at, fact_key, duration_s, energy_wh, power_w,
         max_power_w, min_power_w, voltage_v, current_a, frequency_hz, temperature_c, soc_pct)
       SELECT u.tenant_id, u.order_id, to_timestamp(u.at_ms / 1000.0), u.fact_key, u.a, u.b, u.c, u.d, u.e, u.f, u.g, u.h, u.i, u.j
       FROM unnest($1::uuid[], $2::bigint[], $3::float8[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[],
         $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::float8[])
         AS u (tenant_id, order_id, at_ms, fact_key, a, b, c, d, e, f, g, h, i, j)
       ON CONFLICT DO NOTHING`,
      [
        `{${rows.map(({ tenantId }) => tenantId).join(',')}}`,
        numbers(rows.map(({ internalOrderId }) => internalOrderId)),
        column((s) => s.sampledAtMs),
        numbers(rows.map(({ factId }) => hash53(factId))),
        column((s) => s.durationS),
        column((s) => s.energyWh),
        column((s) => s.powerW),
        column((s) => s.maxPowerW),
        column((s) => s.minPowerW),
        column((s) => s.voltageV),
        column((s) => s.currentA),
        column((s) => s.frequencyHz),
        column((s) => s.temperatureC),
        column((s) => s.socPct),
      ],
      'meter_values_add',
    );
    await this.noteLate(tx, rows);
  }

  /** Costs nothing while samples come when they are taken. */
  private async noteLate(tx: Transaction, rows: readonly StoredSample[]): Promise<void> {
    const onTime = hourOf(this.now() - LATE_AFTER_MS);
    const earliest = new Map<number, { readonly row: StoredSample; readonly hourMs: number }>();
    for (const row of rows) {
      const hourMs = hourOf(row.sample.sampledAtMs);
      const known = earliest.get(row.internalOrderId);
      if (hourMs < onTime && (known === undefined || hourMs < known.hourMs))
        earliest.set(row.internalOrderId, { row, hourMs });
    }
    if (earliest.size === 0) return;
    const late = [...earliest.values()].sort((a, b) => a.row.internalOrderId - b.row.internalOrderId);
    await tx.query(
      `INSERT INTO session.late_samples (internal_order_id, tenant_id, from_hour)
       SELECT id, tenant_id, to_timestamp(ms / 1000.0)
       FROM unnest($1::bigint[], $2::uuid[], $3::float8[]) AS u (id, tenant_id, ms)
       ON CONFLICT (internal_order_id) DO UPDATE SET from_hour = least(late_samples.from_hour, excluded.from_hour)`,
      [
        late.map(({ row }) => row.internalOrderId),
        late.map(({ row }) => row.tenantId),
        late.map(({ hourMs }) => hourMs),
      ],
      'meter_values_late',
    );
  }

  /** Makes the partitions of the next days. Old ones are dropped when they are archived. */
  async prepareDays(): Promise<void> {
    await this.database.transaction(asSystem('partitions belong to no tenant'), (tx) =>
      keepDays(tx, 'session', 'meter_values'),
    );
  }
}
