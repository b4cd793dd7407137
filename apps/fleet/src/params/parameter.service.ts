import { randomUUID } from 'node:crypto';
import {
  findParameter,
  isSameValue,
  normalValue,
  PARAMETERS,
  parameterSupport,
  toInstant,
  valueProblem,
} from '@chargebus/domain';
import type { ParameterValue, TenantId } from '@chargebus/domain';
import {
  CapabilityNotSupported,
  ParameterChangeNotCancellable,
  ParameterChangeNotFound,
  ParameterVersionNotFound,
  ValidationFailed,
} from '@chargebus/errors';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  Actor,
  ChangeRecord,
  NamedValues,
  ParameterChangeRepository,
  ParameterResult,
  ParameterVersionRepository,
} from '@chargebus/persistence/fleet';
import type {
  Audience,
  CancelParameterChange,
  ChangeParameters,
  GetParameterChange,
  GetParameters,
  ListParameterChanges,
  ListParameterVersions,
  ParameterChangeView,
  ReplyOf,
  RequestOf,
  RestoreParameterVersion,
} from '@chargebus/requests';
import { NotOverYet } from '../devices/device-desk';
import type { DeviceDesk, KnownDevice } from '../devices/device-desk';
import { bearerOf, planOf } from './change-run';
import type { ChangeWorker } from './change-worker';
import { toChangeView, toVersionView, toWireValue } from './parameter-view';
import type { ParameterReader } from './parameter-reader';

/** A device that is away gets its parameters within this; one that charges, within `HELD_MS`. */
const WAITING_MS = 24 * 3_600_000;
const HELD_MS = 7 * 24 * 3_600_000;
const POLL_MS = 200;

export interface ChangeOrder {
  /** The same id again is the same change. */
  readonly changeId: string;
  readonly audience: Audience;
  readonly deviceId: string;
  readonly values: NamedValues; // by name or alias; null: the platform forgets it
  readonly mode: 'strict' | 'loose';
  readonly backup: boolean;
  readonly hold: boolean;
  readonly source: 'api' | 'batch' | 'template' | 'restore';
  readonly actor: Actor;
  readonly note: string | null;
  readonly jobId: string | null;
  /** Absent: a day, a week when it is held. */
  readonly expiresInMs?: number;
}
/** What a change would come to. */
export interface ChangePreview {
  readonly device: KnownDevice;
  readonly values: NamedValues; // by name, in the form that is kept
  readonly refused: readonly ParameterResult[]; // what this device cannot be given, and why
}

/** Parameters of devices as whoever sets and reads them sees them. */
export class ParameterService {
  constructor(
    private readonly database: Database,
    private readonly changes: ParameterChangeRepository,
    private readonly versions: ParameterVersionRepository,
    private readonly desk: DeviceDesk,
    private readonly reader: ParameterReader,
    private readonly worker: Pick<ChangeWorker, 'begin'>,
  ) {}

  async request(request: RequestOf<typeof ChangeParameters>): Promise<ParameterChangeView> {
    const { values, mode, backup, hold, actor, note, waitMs, deviceId } = request;
    const order = { audience: request, deviceId, values, mode, backup, hold, actor, note };
    const change = await this.change({ ...order, changeId: newChangeId(), source: 'api', jobId: null });
    return this.ended(change, waitMs);
  }

  /** Values by name, in the form that is kept. Throws VALIDATION_FAILED; loose, only for spellings. */
  check(given: NamedValues, mode: ChangeOrder['mode']): NamedValues {
    const values = named(given);
    if (mode === 'strict') refuseBadValues(values);
    return values;
  }

  /**
   * Checks a change without making one. Throws DEVICE_NOT_FOUND; VALIDATION_FAILED for spellings that nobody knows or that
   * contradict each other; and, when strict, what would be refused otherwise: VALIDATION_FAILED, CAPABILITY_NOT_SUPPORTED.
   */
  async preview(order: Pick<ChangeOrder, 'audience' | 'deviceId' | 'values' | 'mode'>): Promise<ChangePreview> {
    const values = this.check(order.values, order.mode);
    const device = await this.desk.find(order.audience, order.deviceId);
    const { refused } = planOf(values, bearerOf(device));
    const [first] = refused;
    if (order.mode === 'strict' && first !== undefined)
      throw new CapabilityNotSupported(
        { deviceId: device.deviceId, capability: first.name, why: first.reason ?? '' },
        { details: refused.map(({ name, reason }) => ({ field: name, message: reason })) },
      );
    return { device, values, refused };
  }

  /** Accepts a change and begins with it; throws what `preview` does. */
  async change(order: ChangeOrder): Promise<ChangeRecord> {
    const { device, values } = await this.preview(order);
    const { changeId, mode, backup, hold, source, actor, note, jobId } = order;
    const lifeMs = order.expiresInMs ?? (hold ? HELD_MS : WAITING_MS);
    const { tenantId } = order.audience;
    const { deviceId } = device;
    const change = await this.within(tenantId, async (tx) => {
      const expiresAt = new Date(Date.now() + lifeMs);
      const fresh = { changeId, tenantId, deviceId, mode, backup, source, actor, note, jobId, expiresAt };
      return (
        (await this.changes.insert(tx, { ...fresh, held: hold, requested: values })) ?? this.changes.find(tx, changeId)
      );
    });
    if (change === null) throw new ParameterChangeNotFound({ deviceId, changeId });
    return change;
  }

  /** The change after waiting for its end for at most `waitMs`. */
  async ended(
    change: Pick<ChangeRecord, 'tenantId' | 'deviceId' | 'changeId'>,
    waitMs: number,
  ): Promise<ParameterChangeView> {
    const { tenantId, deviceId, changeId } = change;
    const untilMs = Date.now() + waitMs;
    await Promise.race([this.worker.begin(changeId), delay(waitMs)]);
    for (;;) {
      const found = await this.within(tenantId, (tx) => this.changes.find(tx, changeId));
      if (found === null) throw new ParameterChangeNotFound({ deviceId, changeId });
      const pointless = found.resting && found.state !== 'applying';
      if (found.state === 'done' || pointless || Date.now() >= untilMs) return toChangeView(found);
      await delay(POLL_MS);
    }
  }

  async getChange(request: RequestOf<typeof GetParameterChange>): Promise<ParameterChangeView> {
    return toChangeView(await this.findChange(request));
  }

  async listChanges(request: RequestOf<typeof ListParameterChanges>): Promise<ReplyOf<typeof ListParameterChanges>> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.within(request.tenantId, (tx) =>
      this.changes.list(tx, { deviceId, state: request.state }, request.page),
    );
    return { ...found, items: found.items.map(toChangeView) };
  }

  /** Only what nobody has begun with can be taken back; cancelling twice is cancelling once. */
  async cancel(request: RequestOf<typeof CancelParameterChange>): Promise<ParameterChangeView> {
    const { tenantId, changeId } = request;
    const cancelled = await this.findChange(request).then(() =>
      this.within(tenantId, (tx) => this.changes.cancel(tx, changeId)),
    );
    if (cancelled !== null) return toChangeView(cancelled);
    const now = await this.findChange(request);
    if (now.outcome === 'cancelled') return toChangeView(now);
    throw new ParameterChangeNotCancellable({ changeId, state: now.outcome ?? now.state });
  }

  /** What is known of every parameter, after asking the device when `refresh` says so. */
  async get(request: RequestOf<typeof GetParameters>): Promise<ReplyOf<typeof GetParameters>> {
    const device = await this.desk.find(request, request.deviceId);
    const refreshed = request.refresh ? await this.refresh(device, request.waitMs) : null;
    const { tenantId, deviceId } = device;
    const [settings, [values, version]] = await Promise.all([
      this.desk.settings(tenantId, deviceId),
      this.within(tenantId, (tx) =>
        Promise.all([this.versions.known(tx, deviceId), this.versions.latest(tx, deviceId)]),
      ),
    ]);
    const known = new Map(values.map((one) => [one.name, one]));
    const parameters = PARAMETERS.map((definition) => {
      const { name, platform } = definition;
      const stored = known.get(name);
      const kept = platform?.read(settings) ?? null;
      // What the platform keeps to is known now; what a device told stands with its age.
      const fresh = stored === undefined || stored.source === 'platform';
      return {
        name,
        value: toWireValue(fresh ? kept : stored.value),
        source: fresh ? (kept === null ? null : ('platform' as const)) : stored.source,
        knownAt: fresh ? (kept === null ? null : toInstant(Date.now())) : toInstant(stored.knownAt.getTime()),
        ...parameterSupport(definition, device.protocol),
      };
    });
    return { deviceId: device.deviceId, protocol: device.protocol, version, refreshed, parameters };
  }

  /** Asks the device for everything that it can tell, and keeps what it told. */
  async refresh(device: KnownDevice, waitMs: number): Promise<'complete' | 'partial' | 'offline' | 'no_reply'> {
    if (!device.online) return 'offline';
    const { tenantId, deviceId } = device;
    const cause = { causeId: `refresh:${randomUUID()}`, tenantId, deviceId, clientId: null };
    try {
      const reading = await this.reader.read(cause, 'refresh', bearerOf(device), { waitMs, expiresInMs: waitMs });
      const known = [...reading.values].map(([{ name }, values]) => ({
        name,
        value: values[0] ?? null,
        source: 'device' as const,
      }));
      await this.within(tenantId, (tx) => this.versions.learn(tx, tenantId, deviceId, known));
      return reading.silent ? 'no_reply' : reading.complete ? 'complete' : 'partial';
    } catch (error) {
      if (error instanceof NotOverYet) return 'no_reply';
      throw error;
    }
  }

  async listVersions(request: RequestOf<typeof ListParameterVersions>): Promise<ReplyOf<typeof ListParameterVersions>> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.within(request.tenantId, (tx) => this.versions.list(tx, deviceId, request.page));
    return { ...found, items: found.items.map(toVersionView) };
  }

  /** What the version knew and is not so now; what it did not know stays as it is. */
  async restore(request: RequestOf<typeof RestoreParameterVersion>): Promise<ParameterChangeView> {
    const { version, mode, backup, hold, actor, waitMs } = request;
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.within(request.tenantId, (tx) => this.versions.find(tx, deviceId, version));
    if (found === null) throw new ParameterVersionNotFound({ deviceId, version });
    const values = Object.fromEntries(
      Object.entries(found.values).filter(([name, value]) => value !== null || findParameter(name)?.platform != null),
    );
    const note = request.note ?? `version ${version.toString()}`;
    const order = { audience: request, deviceId, values, mode, backup, hold, actor, note };
    const change = await this.change({ ...order, changeId: newChangeId(), source: 'restore', jobId: null });
    return this.ended(change, waitMs);
  }

  private async findChange(request: {
    readonly tenantId: TenantId;
    readonly within?: Audience['within'];
    readonly deviceId: string;
    readonly changeId: string;
  }): Promise<ChangeRecord> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const change = await this.within(request.tenantId, (tx) => this.changes.find(tx, request.changeId));
    if (change?.deviceId !== deviceId) throw new ParameterChangeNotFound({ deviceId, changeId: request.changeId });
    return change;
  }

  private within<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const newChangeId = (): string => `prm_${randomUUID()}`;
/** By name, in the form that is kept. Throws VALIDATION_FAILED. */
function named(given: NamedValues): NamedValues {
  const values: Record<string, ParameterValue | null> = {};
  const problems: { field: string; message: string }[] = [];
  for (const [spelling, value] of Object.entries(given)) {
    const definition = findParameter(spelling);
    if (definition === undefined) {
      problems.push({ field: spelling, message: 'is not a parameter' });
      continue;
    }
    const normal = value === null ? null : normalValue(definition, value);
    const other = values[definition.name];
    if (other !== undefined && !isSameValue(normal, other))
      problems.push({ field: spelling, message: `contradicts ${definition.name}` });
    values[definition.name] = normal;
  }
  refuse(problems);
  return values;
}
function refuseBadValues(values: NamedValues): void {
  refuse(
    Object.entries(values).flatMap(([field, value]) => {
      const definition = findParameter(field);
      const message = definition === undefined || value === null ? null : valueProblem(definition, value);
      return message === null ? [] : [{ field, message }];
    }),
  );
}
function refuse(problems: readonly { readonly field: string; readonly message: string }[]): void {
  if (problems.length > 0)
    throw new ValidationFailed(
      { summary: problems.map(({ field, message }) => `${field}: ${message}`).join('; ') },
      { details: problems },
    );
}
