import { isFinal } from '@chargebus/domain';
import type {
  ChargingSession,
  DeviceId,
  DeviceRecord,
  DeviceState,
  MeterSample,
  PortRecord,
  SessionId,
} from '@chargebus/domain';
import type { DeviceRepository } from '@chargebus/persistence/session';
import type { SessionView } from '@chargebus/requests';
import type { ChainableCommander, Redis } from 'ioredis';
import type { SessionMetrics } from '../metrics';
import { toSessionView, withSample } from './views';

export interface ShadowChange {
  readonly state: DeviceState;
  /** Everything is written; else only the samples of `sampled` and when it was heard. */
  readonly whole: boolean;
  readonly heardAtMs: number | null;
  readonly sampled: readonly SessionId[];
}
/** One device as the shadow shows it. */
export interface DeviceSnapshot {
  readonly device: DeviceRecord;
  readonly openFaults: number;
  readonly heardAtMs: number | null;
  readonly ports: readonly PortRecord[];
  /** Per port the open session, else the last one, with its newest sample. */
  readonly sessions: ReadonlyMap<number, SessionView>;
}

/** What of it decides who may charge. */
export interface DeviceAndPort {
  readonly device: DeviceRecord;
  readonly port: PortRecord | null;
}

/** An older state never overwrites a newer one, whichever process writes later. */
const WRITE_WHOLE = `
local known = tonumber(redis.call('HGET', KEYS[1], 'v') or '-1')
if known > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'v', unpack(ARGV))
return 1`;

/** No version reaches this one. */
const GONE_VERSION = Number.MAX_SAFE_INTEGER;
const GONE_S = 60;

interface StoredSample {
  readonly sessionId: SessionId;
  readonly sample: MeterSample;
}
interface StoredDevice {
  readonly device: DeviceRecord;
  readonly openFaults: number;
}

/**
 * Devices in Redis, one hash each, so that status requests never touch Postgres. Fields: `v` version, `d` device,
 * `h` last heard, and per port `p<n>` state, `x<n>` session, `s<n>` newest sample. What is missing (Redis was emptied)
 * is read from Postgres and written back.
 */
export class DeviceShadow {
  constructor(
    private readonly redis: Redis,
    private readonly devices: DeviceRepository,
    private readonly metrics: SessionMetrics,
  ) {
    redis.defineCommand('cbWriteWhole', { numberOfKeys: 1, lua: WRITE_WHOLE });
  }

  /** One pipeline for the whole batch; waits while Redis is away. */
  async write(changes: readonly ShadowChange[]): Promise<void> {
    if (changes.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const change of changes) {
      const { device } = change.state;
      if (change.whole) writeWhole(pipeline, change.state);
      const fields = quickFields(change);
      if (fields.length > 0) pipeline.hset(keyOf(device.deviceId), ...fields.flat());
    }
    await execute(pipeline);
  }

  /**
   * After a device was deleted. For a while nothing older can come back, for a process that committed before may write
   * only now; a device that is registered anew meanwhile is read from Postgres.
   */
  async forget(deviceId: DeviceId): Promise<void> {
    const pipeline = this.redis.pipeline();
    pipeline.unlink(keyOf(deviceId)).hset(keyOf(deviceId), 'v', GONE_VERSION).expire(keyOf(deviceId), GONE_S);
    await execute(pipeline);
  }

  /** Null: no such device. `portNo` null: all ports. */
  async read(deviceId: DeviceId, portNo: number | null): Promise<DeviceSnapshot | null> {
    const snapshot = portNo === null ? await this.readAll(deviceId) : await this.readPort(deviceId, portNo);
    return snapshot ?? (await this.rebuild([deviceId]))[0] ?? null;
  }

  /** Without its charges. `portNo` null: without a port. Null: no such device. */
  async readDevice(deviceId: DeviceId, portNo: number | null): Promise<DeviceAndPort | null> {
    const names = ['v', 'd', ...(portNo === null ? [] : [`p${portNo.toString()}`])];
    const [version, stored, port] = await this.redis.hmget(keyOf(deviceId), ...names);
    if (version != null && stored != null)
      return {
        device: (JSON.parse(stored) as StoredDevice).device,
        port: port == null ? null : (JSON.parse(port) as PortRecord),
      };
    const [rebuilt] = await this.rebuild([deviceId]);
    if (rebuilt === undefined) return null;
    return { device: rebuilt.device, port: rebuilt.ports.find((one) => one.portNo === portNo) ?? null };
  }

  /** Many with all their ports, in one round trip; what is missing is read from Postgres together. */
  async readMany(deviceIds: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, DeviceSnapshot>> {
    const pipeline = this.redis.pipeline();
    for (const deviceId of deviceIds) pipeline.hgetall(keyOf(deviceId));
    const answers = await execute(pipeline);
    const found = new Map<DeviceId, DeviceSnapshot>();
    for (const [at, deviceId] of deviceIds.entries()) {
      const snapshot = decode(new Map(Object.entries(answers[at] as Record<string, string>)));
      if (snapshot !== null) found.set(deviceId, snapshot);
    }
    const missing = deviceIds.filter((deviceId) => !found.has(deviceId));
    for (const snapshot of await this.rebuild(missing)) found.set(snapshot.device.deviceId, snapshot);
    return found;
  }

  private async readPort(deviceId: DeviceId, portNo: number): Promise<DeviceSnapshot | null> {
    const port = portNo.toString();
    const names = ['v', 'd', 'h', `p${port}`, `x${port}`, `s${port}`];
    const values = await this.redis.hmget(keyOf(deviceId), ...names);
    return decode(new Map(names.map((name, index) => [name, values[index] ?? null])));
  }
  private async readAll(deviceId: DeviceId): Promise<DeviceSnapshot | null> {
    return decode(new Map(Object.entries(await this.redis.hgetall(keyOf(deviceId)))));
  }

  private async rebuild(deviceIds: readonly DeviceId[]): Promise<readonly DeviceSnapshot[]> {
    if (deviceIds.length === 0) return [];
    const states = [...(await this.devices.load(deviceIds)).values()];
    const pipeline = this.redis.pipeline();
    for (const state of states) {
      const { deviceId } = state.device;
      this.metrics.shadowRebuilds.inc();
      const sampled = state.sessions.map(({ sessionId }) => sessionId);
      const change = { state, whole: true, heardAtMs: state.device.lastFrameAtMs, sampled };
      writeWhole(pipeline, state);
      for (const [name, value] of quickFields(change)) pipeline.hsetnx(keyOf(deviceId), name, value); // what came meanwhile is newer
    }
    await execute(pipeline);
    return states.map(snapshotOf);
  }
}

/** The number is that of the shape of what is stored: a release that changes it begins anew. */
const keyOf = (deviceId: DeviceId): string => `cb:dev:4:${deviceId}`;

interface WholeWriter {
  cbWriteWhole(key: string, version: number, ...fields: string[]): unknown;
}
function writeWhole(pipeline: unknown, state: DeviceState): void {
  const { device, ports, faults } = state;
  const stored: StoredDevice = { device, openFaults: faults.length };
  const fields = ['d', JSON.stringify(stored)];
  for (const port of ports) fields.push(`p${port.portNo.toString()}`, JSON.stringify(port));
  for (const [portNo, session] of currentSessions(state.sessions))
    fields.push(`x${portNo.toString()}`, JSON.stringify(viewOf(state, session)));
  (pipeline as WholeWriter).cbWriteWhole(keyOf(device.deviceId), device.version, ...fields);
}

async function execute(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  return ((await pipeline.exec()) ?? []).map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}

/** When it was heard, and the newest sample of each session that got one, where that session is the one its port shows. */
function quickFields({ state, sampled, whole, heardAtMs }: ShadowChange): [string, string][] {
  const fields: [string, string][] = heardAtMs === null ? [] : [['h', heardAtMs.toString()]];
  for (const sessionId of new Set(sampled)) {
    const session = state.sessions.find((s) => s.sessionId === sessionId);
    const sample = state.meters.get(sessionId)?.last;
    if (session === undefined || session.portNo === null || sample == null) continue;
    if (whole && currentSessions(state.sessions).get(session.portNo) !== session) continue;
    const stored: StoredSample = { sessionId, sample };
    fields.push([`s${session.portNo.toString()}`, JSON.stringify(stored)]);
  }
  return fields;
}

const viewOf = (state: DeviceState, session: ChargingSession): SessionView =>
  toSessionView(session, state.meters.get(session.sessionId)?.last ?? null);

/** Per port: the session that holds it, else an open one, else the last. */
function currentSessions(sessions: readonly ChargingSession[]): Map<number, ChargingSession> {
  const rank = (session: ChargingSession): number => (isFinal(session.state) ? 0 : session.holdsPort ? 2 : 1);
  const current = new Map<number, ChargingSession>();
  for (const session of sessions) {
    if (session.portNo === null) continue;
    const other = current.get(session.portNo);
    const better =
      other === undefined ||
      rank(session) > rank(other) ||
      (rank(session) === rank(other) && session.createdAtMs >= other.createdAtMs);
    if (better) current.set(session.portNo, session);
  }
  return current;
}

export function snapshotOf(state: DeviceState): DeviceSnapshot {
  const { device, ports, faults } = state;
  const sessions = new Map(
    [...currentSessions(state.sessions)].map(([portNo, session]) => [portNo, viewOf(state, session)]),
  );
  return { device, openFaults: faults.length, heardAtMs: device.lastFrameAtMs, ports, sessions };
}

function decode(fields: ReadonlyMap<string, string | null>): DeviceSnapshot | null {
  const stored = fields.get('d');
  if (stored == null || fields.get('v') == null) return null;
  const { device, openFaults } = JSON.parse(stored) as StoredDevice;
  const ports: PortRecord[] = [];
  const sessions = new Map<number, SessionView>();
  for (const [name, text] of fields) {
    if (text === null) continue;
    if (name.startsWith('p')) ports.push(JSON.parse(text) as PortRecord);
    else if (name.startsWith('x')) sessions.set(Number(name.slice(1)), JSON.parse(text) as SessionView);
  }
  for (const [portNo, view] of sessions) sessions.set(portNo, freshen(view, fields.get(`s${portNo.toString()}`)));
  const heard = fields.get('h');
  return {
    device,
    openFaults,
    heardAtMs: heard == null ? null : Number(heard),
    ports: ports.sort((a, b) => a.portNo - b.portNo),
    sessions,
  };
}

function freshen(view: SessionView, text: string | null | undefined): SessionView {
  if (text == null) return view;
  const { sessionId, sample } = JSON.parse(text) as StoredSample;
  return sessionId === view.sessionId ? withSample(view, sample) : view;
}
