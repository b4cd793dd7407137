import { isFinal, NO_SAMPLES } from '@chargebus/domain';
import type {
  ChargingSession,
  DeviceId,
  DeviceState,
  FaultRecord,
  MeterSample,
  MeterSummary,
  PortRecord,
  SessionId,
} from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { asSystem } from '../scope';
import { MeterRepository } from './meter.repository';
import type { StoredSample } from './meter.repository';
import type { Change } from './row-mapping';
import { deviceRows, faultRows, portRows, sessionRows } from './tables';
import type { SessionRow } from './tables';

const ROUTING = asSystem('a device leads to its tenant, not the other way round');

/** Somebody else changed a device since it was read: read these again and decide again. */
export class DeviceConflict extends Error {
  constructor(readonly deviceIds: readonly DeviceId[]) {
    super(`changed in between: ${deviceIds.slice(0, 5).join(', ')}`);
  }
}

/** What one batch made of one device. */
export interface DeviceChange {
  readonly before: DeviceState;
  readonly after: DeviceState;
  readonly samples: readonly { readonly sessionId: SessionId; readonly sample: MeterSample; readonly factId: string }[];
}

/** What a fact calls a session by; null: not by this. */
export interface SessionReference {
  readonly deviceId: DeviceId;
  readonly orderRef: string | null;
  readonly settlementKey: string | null;
  readonly transactionRef?: string | null;
}
const REFERENCE_COLUMNS = {
  orderRef: 'order_ref',
  settlementKey: 'settlement_key',
  transactionRef: 'transaction_ref',
} as const satisfies Partial<Record<keyof SessionReference, string>>;

/** Each device and name once: all facts of a charge name it. */
function namedBy(
  references: readonly SessionReference[],
  property: keyof typeof REFERENCE_COLUMNS,
): readonly (readonly [DeviceId, string])[] {
  const found = new Map<string, readonly [DeviceId, string]>();
  for (const reference of references) {
    const name = reference[property];
    if (name != null) found.set(`${reference.deviceId}\n${name}`, [reference.deviceId, name]);
  }
  return [...found.values()];
}

/**
 * Devices with their ports, sessions and faults, read and written as one. `devices.version` guards all of it: a change
 * made on an outdated state is refused as a whole, so replicas, sweepers and requests may work side by side.
 */
export class DeviceRepository {
  private readonly meters: MeterRepository;
  constructor(
    private readonly database: Database,
    now: () => number = Date.now,
  ) {
    this.meters = new MeterRepository(database, now);
  }

  /** Devices that exist, of any tenant, with open sessions, the last session of every port, and open faults. */
  async load(deviceIds: readonly DeviceId[]): Promise<Map<DeviceId, DeviceState>> {
    return this.database.transaction(ROUTING, async (tx) => {
      const states = new Map<DeviceId, DeviceState>();
      const { rows } = await tx.query(
        `SELECT ${deviceRows.select('d')} FROM session.devices d WHERE d.device_id = ANY ($1)`,
        [deviceIds],
      );
      if (rows.length === 0) return states;
      const found = rows.map((row) => deviceRows.fromRow(row));
      const ids = found.map(({ deviceId }) => deviceId);
      const ports = groupByDevice(await readPorts(tx, ids));
      const sessions = groupByDevice(await readSessions(tx, ids));
      const faults = groupByDevice(await readFaults(tx, ids));
      for (const device of found) {
        const mine = sessions.get(device.deviceId) ?? [];
        states.set(device.deviceId, {
          device,
          ports: ports.get(device.deviceId) ?? [],
          sessions: mine.map(({ session }) => session),
          meters: new Map(mine.map(({ session, meter }) => [session.sessionId, meter])),
          faults: faults.get(device.deviceId) ?? [],
        });
      }
      return states;
    });
  }

  /** Takes devices whose time has come, for `leaseMs`: no other sweeper gets them meanwhile, and a dead one loses them. */
  async claimDue(nowMs: number, leaseMs: number, limit: number): Promise<readonly DeviceId[]> {
    const { rows } = await this.database.query<{ device_id: DeviceId }>(
      asSystem('deadlines of all tenants'),
      `UPDATE session.devices SET claimed_until = to_timestamp(($1::float8 + $2) / 1000.0)
       WHERE device_id IN (
         SELECT device_id FROM session.devices
         WHERE next_check_at <= to_timestamp($1 / 1000.0)
           AND (claimed_until IS NULL OR claimed_until < to_timestamp($1 / 1000.0))
         ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING device_id`,
      [nowMs, leaseMs, limit],
    );
    return rows.map((row) => row.device_id);
  }

  /** Sessions that facts refer to and that are not among the loaded ones: by wire order, by settlement, by the device's own name. */
  async findSessions(references: readonly SessionReference[]): Promise<readonly ChargingSession[]> {
    const params: unknown[] = [];
    const searches = Object.entries(REFERENCE_COLUMNS).flatMap(([property, column]) => {
      const wanted = namedBy(references, property as keyof typeof REFERENCE_COLUMNS);
      if (wanted.length === 0) return [];
      params.push(wanted.map(([deviceId]) => deviceId), wanted.map(([, name]) => name)); // prettier-ignore
      const [devices, names] = [`$${(params.length - 1).toString()}::text[]`, `$${params.length.toString()}::text[]`];
      return `SELECT s.internal_order_id FROM unnest(${devices}, ${names}) k (device_id, name)
        JOIN session.charging_sessions s ON s.device_id = k.device_id AND s.${column} = k.name`;
    });
    if (searches.length === 0) return [];
    const { rows } = await this.database.query(
      ROUTING,
      `WITH found AS (${searches.join(' UNION ')})
       SELECT ${sessionRows.select('s')} FROM found JOIN session.charging_sessions s USING (internal_order_id)`,
      params,
    );
    return rows.map((row) => toSession(sessionRows.fromRow(row)));
  }

  /**
   * Writes what changed, inside the caller's transaction, and returns the states as they are now. Throws DeviceConflict
   * when a device is not any more what the change was decided upon; the transaction is lost then.
   */
  async save(tx: Transaction, changes: readonly DeviceChange[], nowMs: number): Promise<Map<DeviceId, DeviceState>> {
    const changed = changes.filter(({ before, after }) => isChanged(before, after));
    const unchanged = changes.filter(({ before, after }) => !isChanged(before, after));
    const ports = changed.flatMap(({ before, after }) => added(before.ports, after.ports));
    // Sent together, done in this order: ports before the sessions that refer to them.
    const [, , , orderIds] = await Promise.all([
      this.refuseOutdated(tx, unchanged),
      this.writeDevices(tx, changed),
      portRows.upsert(tx, ports, 'device_id, port_no'),
      this.writeSessions(tx, changed, nowMs),
      this.writeFaults(tx, changed, nowMs),
    ]);
    const results = new Map<DeviceId, DeviceState>();
    for (const change of changes)
      results.set(change.after.device.deviceId, stored(change, orderIds, isChanged(change.before, change.after)));
    await this.meters.add(
      tx,
      changes.flatMap((change) => samplesOf(change, results)),
    );
    return results;
  }

  private async refuseOutdated(tx: Transaction, changes: readonly DeviceChange[]): Promise<void> {
    if (changes.length === 0) return;
    const { rows } = await tx.query<{ device_id: DeviceId }>(
      `SELECT u.device_id FROM unnest($1::text[], $2::bigint[]) u (device_id, version)
       LEFT JOIN session.devices d ON d.device_id = u.device_id WHERE d.version IS DISTINCT FROM u.version`,
      [
        changes.map(({ before }) => before.device.deviceId),
        `{${changes.map(({ before }) => before.device.version).join(',')}}`,
      ],
      'devices_outdated',
    );
    if (rows.length > 0) throw new DeviceConflict(rows.map((row) => row.device_id));
  }

  private async writeDevices(tx: Transaction, changes: readonly DeviceChange[]): Promise<void> {
    const written = await deviceRows.update(
      tx,
      changes.map(({ before, after }) => ({ before: before.device, after: after.device })),
      'deviceId',
      { guard: 'version', set: 'version = t.version + 1' },
    );
    if (written !== changes.length) throw new DeviceConflict(changes.map(({ after }) => after.device.deviceId));
  }

  /** Returns the numbers that new sessions got. Those that leave their port go first: another may take it in this batch. */
  private async writeSessions(
    tx: Transaction,
    changes: readonly DeviceChange[],
    nowMs: number,
  ): Promise<Map<SessionId, number>> {
    const known: Change<SessionRow>[] = [];
    const fresh: SessionRow[] = [];
    for (const { before, after } of changes)
      for (const session of added(before.sessions, after.sessions)) {
        const row = toRow(session, after.meters.get(session.sessionId), nowMs);
        const old = before.sessions.find(({ sessionId }) => sessionId === session.sessionId);
        if (old === undefined) fresh.push(row);
        else known.push({ before: toRow(old, undefined, NaN), after: row }); // the row may be behind its samples
      }
    const [, , rows] = await Promise.all([
      sessionRows.update(
        tx,
        known.filter(({ after }) => !occupiesPort(after)),
        'sessionId',
      ),
      sessionRows.update(
        tx,
        known.filter(({ after }) => occupiesPort(after)),
        'sessionId',
      ),
      sessionRows.insert(tx, fresh, 'RETURNING session_id, internal_order_id'),
    ]);
    return new Map(rows.map((row) => [row.session_id as SessionId, Number(row.internal_order_id)]));
  }

  private async writeFaults(tx: Transaction, changes: readonly DeviceChange[], nowMs: number): Promise<void> {
    const open = changes.flatMap(({ before, after }) => added(before.faults, after.faults));
    const closed = changes.flatMap(({ before, after }) =>
      before.faults.filter(({ faultId }) => !after.faults.some((fault) => fault.faultId === faultId)),
    );
    const ids = closed.map(({ faultId }) => faultId);
    await Promise.all([
      ids.length === 0 ||
        tx.query(
          'UPDATE session.faults SET closed_at = to_timestamp($2 / 1000.0) WHERE fault_id = ANY ($1) AND closed_at IS NULL',
          [ids, nowMs],
        ),
      faultRows.upsert(tx, open, 'fault_id'),
    ]);
  }
}

const occupiesPort = (session: ChargingSession): boolean => session.holdsPort && !isFinal(session.state);

const isChanged = (before: DeviceState, after: DeviceState): boolean =>
  before.device !== after.device ||
  before.ports !== after.ports ||
  before.sessions !== after.sessions ||
  before.faults !== after.faults;

/** What is in `after` and was not, as this very object, in `before`. */
const added = <T>(before: readonly T[], after: readonly T[]): readonly T[] =>
  before === after ? [] : after.filter((item) => !before.includes(item));

function stored(change: DeviceChange, orderIds: ReadonlyMap<SessionId, number>, changed: boolean): DeviceState {
  if (!changed) return change.after;
  const { device, sessions } = change.after;
  return {
    ...change.after,
    device: { ...device, version: device.version + 1 },
    sessions: sessions.map((session) =>
      session.internalOrderId === 0 ? { ...session, internalOrderId: orderIds.get(session.sessionId) ?? 0 } : session,
    ),
  };
}

function samplesOf(change: DeviceChange, results: ReadonlyMap<DeviceId, DeviceState>): readonly StoredSample[] {
  if (change.samples.length === 0) return [];
  const state = results.get(change.after.device.deviceId) ?? change.after;
  const ids = new Map(state.sessions.map((session) => [session.sessionId, session.internalOrderId]));
  return change.samples.map(({ sessionId, sample, factId }) => ({
    tenantId: state.device.tenantId,
    internalOrderId: ids.get(sessionId) ?? 0,
    factId,
    sample,
  }));
}

async function readPorts(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<readonly PortRecord[]> {
  const { rows } = await tx.query(
    `SELECT ${portRows.select('p')} FROM session.ports p WHERE p.device_id = ANY ($1) ORDER BY p.port_no`,
    [deviceIds],
  );
  return rows.map((row) => portRows.fromRow(row));
}

async function readFaults(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<readonly FaultRecord[]> {
  const { rows } = await tx.query(
    `SELECT ${faultRows.select('f')} FROM session.faults f WHERE f.device_id = ANY ($1) AND f.closed_at IS NULL`,
    [deviceIds],
  );
  return rows.map((row) => faultRows.fromRow(row));
}

interface LoadedSession {
  readonly deviceId: DeviceId;
  readonly session: ChargingSession;
  readonly meter: MeterSummary;
}
/** Oldest first. What the samples of an open one add up to is read from them: the row does not follow every sample. */
async function readSessions(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<readonly LoadedSession[]> {
  const { rows } = await tx.query(
    `WITH wanted AS (
       SELECT s.internal_order_id FROM session.charging_sessions s
       WHERE s.device_id = ANY ($1) AND s.status NOT IN ('settled', 'failed')
       UNION
       SELECT l.internal_order_id FROM session.ports p CROSS JOIN LATERAL (
         SELECT s.internal_order_id FROM session.charging_sessions s
         WHERE s.device_id = p.device_id AND s.port_no = p.port_no ORDER BY s.created_at DESC LIMIT 1) l
       WHERE p.device_id = ANY ($1))
     SELECT ${sessionRows.select('s')}, m.peak, m.low, n.sample
     FROM wanted JOIN session.charging_sessions s USING (internal_order_id)
     LEFT JOIN LATERAL (
       SELECT max(greatest(v.power_w, v.max_power_w)) AS peak,
         min(least(nullif(v.power_w, 0), nullif(v.min_power_w, 0))) AS low
       FROM session.meter_values v
       WHERE v.internal_order_id = s.internal_order_id AND s.status NOT IN ('settled', 'failed')) m ON true
     LEFT JOIN LATERAL (
       SELECT jsonb_build_object('sampledAtMs', round(extract(epoch FROM v.sampled_at) * 1000), 'durationS', v.duration_s,
         'energyWh', v.energy_wh, 'powerW', v.power_w, 'maxPowerW', v.max_power_w, 'minPowerW', v.min_power_w,
         'voltageV', v.voltage_v, 'currentA', v.current_a, 'frequencyHz', v.frequency_hz,
         'temperatureC', v.temperature_c, 'socPct', v.soc_pct) AS sample
       FROM session.meter_values v WHERE v.internal_order_id = s.internal_order_id AND s.status NOT IN ('settled', 'failed')
       ORDER BY v.duration_s DESC, v.sampled_at DESC LIMIT 1) n ON true
     ORDER BY s.created_at, s.internal_order_id`,
    [deviceIds],
  );
  return rows.map((row) => {
    const session = sessionRows.fromRow(row);
    const extra = row as { peak: number | null; low: number | null; sample: MeterSample | null };
    const meter: MeterSummary = isFinal(session.state)
      ? { last: session.realtimeData, peakPowerW: session.peakPowerW, minPowerW: session.minPowerW }
      : { last: extra.sample, peakPowerW: extra.peak, minPowerW: extra.low };
    return { deviceId: session.deviceId, session: toSession(session), meter };
  });
}

function toSession(row: SessionRow): ChargingSession {
  const session: Partial<Mutable<SessionRow>> = { ...row };
  delete session.realtimeData;
  delete session.lastUpdateMs;
  return session as ChargingSession;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const toRow = (session: ChargingSession, meter: MeterSummary | undefined, nowMs: number): SessionRow => ({
  ...session,
  realtimeData: (meter ?? NO_SAMPLES).last,
  lastUpdateMs: nowMs,
});

function groupByDevice<T extends { readonly deviceId: DeviceId }>(items: readonly T[]): Map<DeviceId, T[]> {
  const groups = new Map<DeviceId, T[]>();
  for (const item of items) {
    const group = groups.get(item.deviceId);
    if (group === undefined) groups.set(item.deviceId, [item]);
    else group.push(item);
  }
  return groups;
}
