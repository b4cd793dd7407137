import type { DeviceProfile, DeviceRecord } from '@chargebus/domain';
import { BlobStore } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { QuarantineRepository, RegistryRepository } from '@chargebus/persistence/session';
import { IMPORT_BUCKET, IMPORT_KEEP_MS, ImportRow } from '@chargebus/requests';
import type { ImportDevices, ReadRegister, RegisteredDevice, ReplyOf, RequestOf } from '@chargebus/requests';
import { z } from 'zod';
import { announceAdmission } from '../credentials/admission-news';
import type { Engine } from '../engine/engine';
import type { Replay } from '../quarantine/replay';
import { changeSettings } from './device-editor';
import { planImport } from './device-import';
import type { ImportPlan } from './device-import';
import { refusalOf } from './profile-change';

const Rows = z.array(ImportRow).max(20_000);
const SHOWN_PROBLEMS = 1_000;
/** Devices whose settings change in one task list: facts of others come in between. */
const SHARE = 200;

/** Brings in devices by the thousand: planned in memory, written by a handful of statements. */
export class DeviceImporter {
  private store: Promise<BlobStore> | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly registry: RegistryRepository,
    private readonly quarantine: Pick<QuarantineRepository, 'release'>,
    private readonly replay: Pick<Replay, 'run'>,
    private readonly engine: Pick<Engine, 'run'>,
    private readonly now: () => number,
  ) {}

  async run(request: RequestOf<typeof ImportDevices>): Promise<ReplyOf<typeof ImportDevices>> {
    const { tenantId, mode, dryRun, skipBad } = request;
    const rows = await this.read(request.blob);
    const ids = rows.map(({ deviceId }) => deviceId);
    const basis = await this.registry.importBasis(request, ids);
    const plan = planImport(rows, basis, tenantId, mode, this.now());
    const applied = !dryRun && (skipBad || plan.badRows === 0);
    if (applied) await this.apply(request, plan);
    else if (dryRun && request.within != null) await this.write(request, plan, true); // only then is seen what it would lose sight of
    return {
      applied,
      created: plan.created.length,
      updated: plan.updated,
      unchanged: plan.unchanged,
      problems: plan.problems.slice(0, SHOWN_PROBLEMS),
      badRows: plan.badRows,
    };
  }

  async rows(request: RequestOf<typeof ReadRegister>): Promise<ReplyOf<typeof ReadRegister>> {
    const { items, cursor } = await this.registry.select(request, request.filter, request.cursor, request.limit);
    const groups = await this.registry.namedGroups(
      request,
      items.map(({ device }) => device.deviceId),
    );
    return {
      items: items.map(({ device, profile }) => registered(device, profile, groups.get(device.deviceId) ?? [])),
      cursor,
    };
  }

  /** Profiles in one transaction. Settings follow by the engine: a crash in between is mended by the same file again. */
  private async apply(viewer: RequestOf<typeof ImportDevices>, plan: ImportPlan): Promise<void> {
    await this.write(viewer, plan, false);
    for (let at = 0; at < plan.settings.length; at += SHARE)
      await this.set(plan.settings.slice(at, at + SHARE), viewer.blob);
    if (plan.created.length === 0) return;
    await this.replay.run();
    await this.quarantine.release(plan.created.map(({ device }) => device.deviceId));
  }

  private async write(viewer: RequestOf<typeof ImportDevices>, plan: ImportPlan, rehearsal: boolean): Promise<void> {
    await this.registry.bringIn(viewer, plan.created, plan.profiles, plan.groups, rehearsal).catch(refusalOf);
  }

  private async set(rows: readonly ImportRow[], blob: string): Promise<void> {
    await this.engine.run(
      rows.map((row) => ({
        deviceId: row.deviceId,
        causeId: `import:${blob}:${row.deviceId}`,
        decide: (work) => {
          changeSettings(work, row);
        },
      })),
    );
    for (const { deviceId, heartbeatIntervalS } of rows)
      if (heartbeatIntervalS !== undefined) announceAdmission(this.bus, deviceId);
  }

  private async read(blob: string): Promise<readonly ImportRow[]> {
    this.store ??= BlobStore.open(this.bus, IMPORT_BUCKET, { keepMs: IMPORT_KEEP_MS });
    const found = await (await this.store).get(blob);
    if (found === null) throw new Error(`import ${blob} is not there`);
    const chunks: Buffer[] = [];
    for await (const chunk of found.bytes) chunks.push(chunk as Buffer);
    return Rows.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  }
}

const registered = (device: DeviceRecord, profile: DeviceProfile, groups: readonly string[]): RegisteredDevice => ({
  deviceId: device.deviceId,
  name: profile.name,
  type: profile.type,
  region: profile.region,
  station: profile.station,
  model: device.model,
  protocol: device.protocol,
  portCount: device.portCount,
  tags: [...profile.tags],
  groups: [...groups],
  attributes: profile.attributes,
  heartbeatIntervalS: device.heartbeatFixed ? device.heartbeatIntervalS : null,
  offlineTimeoutS: device.offlineTimeoutS,
  maintenance: device.maintenance,
});
