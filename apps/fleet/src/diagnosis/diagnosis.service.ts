import { randomUUID } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import type { ClientId } from '@chargebus/domain';
import { AppError, DiagnosisNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  DiagnosisRecord,
  DiagnosisRepository,
  ParameterVersionRepository,
  TestItem,
  TestResult,
} from '@chargebus/persistence/fleet';
import { GetDeviceRealtime } from '@chargebus/requests';
import type {
  DiagnoseDevice,
  DiagnosisView,
  GetDiagnosis,
  ListDiagnoses,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import { NotOverYet } from '../devices/device-desk';
import type { DeviceDesk, DeviceInFull } from '../devices/device-desk';
import { delay, mayPass } from '../lease-worker';
import type { LeasedWork } from '../lease-worker';
import { TESTS } from './tests';
import type { Answer, Bench } from './tests';

const LEASE_MS = 90_000;
const AGAIN_MS = 3_000;
/** Twice what a device may take to answer, and a little. */
const TIMES = { waitMs: 35_000, expiresInMs: 60_000 };
const SYSTEM = asSystem('diagnoses of all tenants');

/** How a device is, item by item, by what it really answers; every report is kept. */
export class DiagnosisService implements LeasedWork<DiagnosisRecord> {
  constructor(
    private readonly database: Database,
    private readonly diagnoses: DiagnosisRepository,
    private readonly parameters: ParameterVersionRepository,
    private readonly desk: DeviceDesk,
    private readonly bus: Pick<Bus, 'ask'>,
  ) {}

  /** Throws DEVICE_NOT_FOUND. */
  async accept(request: RequestOf<typeof DiagnoseDevice>): Promise<DiagnosisRecord> {
    const { deviceId, tenantId } = await this.desk.find(request, request.deviceId);
    const diagnosisId = `dgn_${randomUUID()}`;
    const fresh = { diagnosisId, tenantId, deviceId, items: [...new Set(request.items)], actor: request.actor };
    await this.write(tenantId, (tx) => this.diagnoses.insert(tx, fresh));
    return { ...fresh, results: null, report: null, createdAt: new Date(), finishedAt: null };
  }

  /** As it stands after at most `waitMs`. */
  async settled(
    { tenantId, diagnosisId }: DiagnosisRecord,
    begun: Promise<void>,
    waitMs: number,
  ): Promise<DiagnosisView> {
    await Promise.race([begun, delay(waitMs)]);
    const found = await this.write(tenantId, (tx) => this.diagnoses.find(tx, diagnosisId));
    if (found === null) throw new DiagnosisNotFound({ diagnosisId });
    return toDiagnosisView(found);
  }

  async get(request: RequestOf<typeof GetDiagnosis>): Promise<DiagnosisView> {
    const { diagnosisId } = request;
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.write(request.tenantId, (tx) => this.diagnoses.find(tx, diagnosisId));
    if (found?.deviceId !== deviceId) throw new DiagnosisNotFound({ diagnosisId });
    return toDiagnosisView(found);
  }
  async list(request: RequestOf<typeof ListDiagnoses>): Promise<ReplyOf<typeof ListDiagnoses>> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.write(request.tenantId, (tx) => this.diagnoses.list(tx, deviceId, request.page));
    return { ...found, items: found.items.map(toDiagnosisView) };
  }

  claim(limit: number, id: string | null): Promise<readonly DiagnosisRecord[]> {
    return this.database.transaction(SYSTEM, (tx) => this.diagnoses.claim(tx, LEASE_MS, limit, id));
  }
  idOf({ diagnosisId }: DiagnosisRecord): string {
    return diagnosisId;
  }

  /** Orders get their ids from the diagnosis: one that was cut off is done again, and finds its answers. */
  async look(diagnosis: DiagnosisRecord): Promise<void> {
    const { tenantId, diagnosisId, deviceId, items } = diagnosis;
    try {
      const bench = await this.bench(diagnosis);
      const results: TestResult[] = [];
      for (const item of items) results.push({ item, ...(await TESTS[item](bench)) });
      const report = await this.report(bench.device);
      await this.write(tenantId, (tx) => this.diagnoses.finish(tx, diagnosisId, results, report));
    } catch (error) {
      if (error instanceof NotOverYet || mayPass(error)) {
        await this.write(tenantId, (tx) => this.diagnoses.release(tx, diagnosisId, AGAIN_MS));
        return;
      }
      if (!(error instanceof AppError)) throw error;
      const reason = error.definition.name.toLowerCase();
      const results = items.map((item: TestItem) => ({ item, status: 'failed' as const, reason, evidence: {} }));
      await this.write(tenantId, (tx) => this.diagnoses.finish(tx, diagnosisId, results, { device_id: deviceId }));
    }
  }

  private async bench(diagnosis: DiagnosisRecord): Promise<Bench> {
    const { tenantId, deviceId, diagnosisId, actor } = diagnosis;
    const cause = { causeId: diagnosisId, tenantId, deviceId, clientId: actor.clientId as ClientId | null };
    const ask: Bench['ask'] = async (purpose, command): Promise<Answer> => {
      const { status, reason, result, sentAt, finishedAt } = await this.desk.order(cause, purpose, command, TIMES);
      const roundTripMs = sentAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(sentAt);
      return { status, reason, result, roundTripMs };
    };
    const [device, realtime, settings] = await Promise.all([
      this.desk.inFull({ tenantId }, deviceId),
      this.bus.ask(GetDeviceRealtime, { tenantId, deviceId }),
      this.desk.settings(tenantId, deviceId),
    ]);
    return { device, realtime, settings, ask };
  }

  /** What was known of the device when it was examined. */
  private async report(device: DeviceInFull): Promise<Readonly<Record<string, unknown>>> {
    const known = await this.write(device.tenantId, (tx) => this.parameters.known(tx, device.deviceId));
    return {
      protocol: device.protocol,
      model: device.model,
      firmware_version: device.firmwareVersion,
      iccid: device.iccid,
      online: device.online,
      last_seen: device.lastSeenAt,
      maintenance: device.maintenance,
      open_faults: device.openFaults,
      ports: device.ports.map(({ portNo, state, fault }) => ({ port_no: portNo, status: state, fault })),
      params: Object.fromEntries(known.map(({ name, value }) => [name, value])),
      attributes: device.attributes,
    };
  }

  private write<T>(tenantId: DiagnosisRecord['tenantId'], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const toDiagnosisView = (diagnosis: DiagnosisRecord): DiagnosisView => ({
  diagnosisId: diagnosis.diagnosisId,
  deviceId: diagnosis.deviceId,
  items: [...diagnosis.items],
  actor: diagnosis.actor,
  results: diagnosis.results?.map((result) => ({ ...result })) ?? null,
  report: diagnosis.report,
  createdAt: toInstant(diagnosis.createdAt.getTime()),
  finishedAt: diagnosis.finishedAt === null ? null : toInstant(diagnosis.finishedAt.getTime()),
});
