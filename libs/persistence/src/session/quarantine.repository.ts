import type { DeviceId } from '@chargebus/domain';
import { ProtocolEvent } from '@chargebus/events';
import type { Database } from '../database';
import { asSystem } from '../scope';

export interface QuarantinedDevice {
  readonly deviceId: DeviceId;
  readonly protocol: string;
  readonly remoteAddress: string | null;
  readonly reason: string;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  readonly keptFacts: number;
}
export interface Sighting {
  readonly deviceId: DeviceId;
  readonly protocol: string | null; // null: not said by these facts
  readonly remoteAddress: string | null;
  readonly reason: string;
  readonly lastSeenAtMs: number;
  readonly facts: readonly ProtocolEvent[];
}

/** Facts kept for one device; the oldest go first, settlements last of all. */
const MAX_KEPT_FACTS = 200;
const NOBODY = asSystem('a device that nobody owns belongs to no tenant');

/** Devices that spoke and are in nobody's registry, with what they said. Written by `session` only. */
export class QuarantineRepository {
  constructor(private readonly database: Database) {}

  async keep(sightings: readonly Sighting[]): Promise<void> {
    await this.database.transaction(NOBODY, async (tx) => {
      await tx.query(
        `INSERT INTO session.quarantined_devices (device_id, protocol, remote_address, reason, first_seen_at, last_seen_at)
         SELECT u.id, coalesce(u.protocol, 'unknown'), u.address, u.reason, u.seen, u.seen
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) u (id, protocol, address, reason, seen)
         ORDER BY u.id
         ON CONFLICT (device_id) DO UPDATE SET
           protocol = CASE excluded.protocol WHEN 'unknown' THEN quarantined_devices.protocol ELSE excluded.protocol END,
           remote_address = coalesce(excluded.remote_address, quarantined_devices.remote_address),
           reason = CASE excluded.reason WHEN 'unregistered' THEN quarantined_devices.reason ELSE excluded.reason END,
           last_seen_at = greatest(excluded.last_seen_at, quarantined_devices.last_seen_at)`,
        [
          sightings.map((s) => s.deviceId),
          sightings.map((s) => s.protocol),
          sightings.map((s) => s.remoteAddress),
          sightings.map((s) => s.reason),
          sightings.map((s) => new Date(s.lastSeenAtMs).toISOString()),
        ],
      );
      const facts = sightings.flatMap((s) => s.facts);
      await tx.query(
        `INSERT INTO session.quarantined_facts (device_id, fact_id, fact)
         SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[]) ON CONFLICT DO NOTHING`,
        [facts.map((f) => f.deviceId), facts.map((f) => f.id), facts.map((f) => JSON.stringify(f))],
      );
      await tx.query(
        `DELETE FROM session.quarantined_facts q USING (
           SELECT device_id, fact_id, row_number() OVER (PARTITION BY device_id
             ORDER BY (fact->>'type' = 'charge.settled') DESC, position DESC) AS rank
           FROM session.quarantined_facts WHERE device_id = ANY ($1)) r
         WHERE q.device_id = r.device_id AND q.fact_id = r.fact_id AND r.rank > $2`,
        [sightings.map((s) => s.deviceId), MAX_KEPT_FACTS],
      );
    });
  }

  async list(limit: number, offset: number): Promise<{ items: readonly QuarantinedDevice[]; total: number }> {
    return this.database.transaction(NOBODY, async (tx) => {
      const { rows } = await tx.query<QuarantineRow>(
        `SELECT q.*, (SELECT count(*)::int FROM session.quarantined_facts f WHERE f.device_id = q.device_id) AS kept
         FROM session.quarantined_devices q ORDER BY q.last_seen_at DESC, q.device_id LIMIT $1 OFFSET $2`,
        [limit, offset],
      );
      const total = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM session.quarantined_devices');
      return { items: rows.map(toQuarantined), total: total.rows[0]?.n ?? 0 };
    });
  }

  async find(deviceId: DeviceId): Promise<QuarantinedDevice | null> {
    const { rows } = await this.database.query<QuarantineRow>(
      NOBODY,
      'SELECT q.*, 0 AS kept FROM session.quarantined_devices q WHERE device_id = $1',
      [deviceId],
    );
    return rows[0] === undefined ? null : toQuarantined(rows[0]);
  }

  /** What was kept of devices that somebody owns by now, in the order in which it came. */
  async findReplayable(limit: number): Promise<readonly ProtocolEvent[]> {
    const { rows } = await this.database.query<{ fact: unknown }>(
      NOBODY,
      `SELECT f.fact FROM session.quarantined_facts f JOIN session.devices d USING (device_id)
       ORDER BY f.position LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ProtocolEvent.parse(row.fact));
  }

  async forget(facts: readonly ProtocolEvent[]): Promise<void> {
    await this.database.transaction(NOBODY, async (tx) => {
      await tx.query('DELETE FROM session.quarantined_facts WHERE fact_id = ANY ($1) AND device_id = ANY ($2)', [
        facts.map((fact) => fact.id),
        facts.map((fact) => fact.deviceId),
      ]);
    });
  }

  /** Devices that are registered are not in quarantine any more. */
  async release(deviceIds: readonly DeviceId[]): Promise<void> {
    const sql = 'DELETE FROM session.quarantined_devices WHERE device_id = ANY ($1)';
    await this.database.query(NOBODY, sql, [deviceIds]);
  }
}

interface QuarantineRow {
  readonly device_id: DeviceId;
  readonly protocol: string;
  readonly remote_address: string | null;
  readonly reason: string;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly kept: number;
}
const toQuarantined = (row: QuarantineRow): QuarantinedDevice => ({
  deviceId: row.device_id,
  protocol: row.protocol,
  remoteAddress: row.remote_address,
  reason: row.reason,
  firstSeenAtMs: row.first_seen_at.getTime(),
  lastSeenAtMs: row.last_seen_at.getTime(),
  keptFacts: row.kept,
});
