import { CapabilityNotSupported, LogUploadClosed, LogUploadNotFound } from '@chargebus/errors';
import { CommandId, toInstant } from '@chargebus/domain';
import type { CommandOf, TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant, sortableId } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import { blobOfLog } from '@chargebus/persistence/fleet';
import type { LogUploadRecord, LogUploadRepository } from '@chargebus/persistence/fleet';
import { GetDevice, SubmitCommand } from '@chargebus/requests';
import type {
  Audience,
  BeginLogUpload,
  FinishLogUpload,
  GetLogUpload,
  ListLogUploads,
  LogUploadView,
  ReplyOf,
  RequestLogUpload,
  RequestOf,
} from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import { uuidOf } from '@chargebus/security';
import type { SignedLink, UploadLink } from '@chargebus/security';
import type { CommandLookup } from '../commands/command-lookup';
import type { DeviceInFull } from '../devices/device-desk';

export interface LogUploadOptions {
  readonly lifeMs: number;
  readonly maxBytes: number;
}
export const LOG_BUCKET = 'device-logs';
const LINK_LIFE_MS = 3_600_000;
const LOOK_EVERY_MS = 5_000;
const AT_ONCE = 50;
const FAILURES: ReadonlySet<string> = new Set(['rejected', 'no_reply', 'expired', 'cancelled', 'withdrawn', 'dead']);

/** Logs that devices bring on demand: one address of ours for each, open once and for a while. */
export class LogUploadService {
  private readonly ticker: Ticker;

  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly uploads: LogUploadRepository,
    private readonly addresses: UploadLink,
    private readonly links: SignedLink,
    private readonly commands: CommandLookup,
    private readonly logger: Logger,
    private readonly options: LogUploadOptions,
  ) {
    this.ticker = new Ticker('log uploads', LOOK_EVERY_MS, logger, () => this.turn());
  }

  start(): void {
    this.ticker.start();
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }

  async request(request: RequestOf<typeof RequestLogUpload>): Promise<LogUploadView> {
    const { tenantId, within, clientId, log } = request;
    const device = await this.device({ tenantId, within }, request.deviceId);
    requireLogs(device);
    const uploadId = sortableId('lu');
    const upload = await this.inTenant(tenantId, (tx) =>
      this.uploads.insert(tx, {
        ...{ uploadId, tenantId, clientId, log },
        deviceId: device.deviceId,
        commandId: CommandId.parse(uuidOf(`log upload\n${uploadId}`)),
        expiresAt: new Date(Date.now() + this.options.lifeMs),
      }),
    );
    await this.order(upload, { from: request.from, until: request.until });
    return this.view(upload);
  }

  async list(request: RequestOf<typeof ListLogUploads>): Promise<ReplyOf<typeof ListLogUploads>> {
    const { deviceId, page, ...audience } = request;
    const device = await this.device(audience, deviceId);
    const found = await this.inTenant(audience.tenantId, (tx) =>
      this.uploads.page(tx, audience.tenantId, device.deviceId, page),
    );
    return { ...found, items: found.items.map((upload) => this.view(upload)) };
  }

  async get({ deviceId, uploadId, ...audience }: RequestOf<typeof GetLogUpload>): Promise<LogUploadView> {
    const device = await this.device(audience, deviceId);
    const { tenantId } = audience;
    const found = await this.inTenant(tenantId, (tx) => this.uploads.find(tx, tenantId, uploadId));
    if (found?.deviceId !== device.deviceId) throw new LogUploadNotFound({ uploadId });
    return this.view(found);
  }

  /** The address is known to be ours already. */
  async begin({ uploadId }: RequestOf<typeof BeginLogUpload>): Promise<ReplyOf<typeof BeginLogUpload>> {
    const upload = await this.asNobody((tx) => this.uploads.begin(tx, uploadId));
    if (upload === null) throw new LogUploadClosed();
    return { blob: blobOfLog(upload), maxBytes: this.options.maxBytes };
  }
  async finish({ uploadId, ...file }: RequestOf<typeof FinishLogUpload>): Promise<ReplyOf<typeof FinishLogUpload>> {
    if (!(await this.asNobody((tx) => this.uploads.received(tx, uploadId, file)))) throw new LogUploadClosed();
    return {};
  }

  private order(
    upload: LogUploadRecord,
    { from, until }: Pick<CommandOf<'diagnose'>, 'from' | 'until'>,
  ): Promise<unknown> {
    const { uploadId, tenantId, deviceId, clientId, commandId, log, expiresAt } = upload;
    return this.bus.ask(SubmitCommand, {
      ...{ tenantId, deviceId, clientId, commandId },
      sessionId: null,
      command: {
        kind: 'diagnose',
        log,
        uploadTo: `${this.addresses.urlOf(uploadId, expiresAt)}/`,
        from,
        until,
        retries: null,
        retryIntervalS: null,
      },
      expiresAt: toInstant(expiresAt.getTime()),
      wait: null,
    });
  }

  private async turn(): Promise<boolean> {
    const due = await this.asNobody((tx) => this.uploads.claimDue(tx, AT_ONCE));
    await Promise.all(due.map((upload) => this.look(upload)));
    return due.length === AT_ONCE;
  }

  /** A failure leaves it as it is: it is looked at again when the claim has run out. */
  private async look(upload: LogUploadRecord): Promise<void> {
    try {
      const reason = await this.failureOf(upload);
      if (reason !== null)
        await this.inTenant(upload.tenantId, (tx) => this.uploads.failed(tx, upload.uploadId, reason));
    } catch (error) {
      this.logger.warn({ err: error, uploadId: upload.uploadId }, 'log upload is looked at again');
    }
  }

  /** Why nothing will come any more; null: it may. */
  private async failureOf(upload: LogUploadRecord): Promise<string | null> {
    if (upload.expiresAt.getTime() <= Date.now()) return 'expired';
    const { tenantId, commandId, deviceId } = upload;
    const command = await this.commands.find({ tenantId, commandId });
    if (command === null) return 'not_ordered'; // whoever asked for it was told that it failed
    if (FAILURES.has(command.status)) return command.reason ?? command.status;
    if (command.result?.empty === true) return 'nothing_to_upload';
    return command.status === 'acked' ? toldFailure(await this.device({ tenantId }, deviceId), upload.createdAt) : null;
  }

  private view(upload: LogUploadRecord): LogUploadView {
    const expiresAt = new Date(Date.now() + LINK_LIFE_MS);
    const link =
      upload.state === 'received'
        ? {
            url: this.links.urlOf({ bucket: LOG_BUCKET, file: blobOfLog(upload) }, expiresAt),
            expiresAt: toInstant(expiresAt.getTime()),
          }
        : null;
    return {
      uploadId: upload.uploadId,
      deviceId: upload.deviceId,
      log: upload.log,
      state: upload.state,
      reason: upload.reason,
      commandId: upload.commandId,
      fileName: upload.fileName,
      sizeBytes: upload.sizeBytes,
      sha256: upload.sha256,
      link,
      createdAt: toInstant(upload.createdAt.getTime()),
      finishedAt: upload.finishedAt === null ? null : toInstant(upload.finishedAt.getTime()),
      expiresAt: toInstant(upload.expiresAt.getTime()),
    };
  }

  private device(audience: Audience, deviceId: string): Promise<DeviceInFull> {
    return this.bus.ask(GetDevice, { ...audience, deviceId });
  }
  private inTenant<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
  private asNobody<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(asSystem('an upload is known by its id alone'), work);
  }
}

/** Throws CAPABILITY_NOT_SUPPORTED. */
function requireLogs({ deviceId, protocol, capabilities }: DeviceInFull): void {
  const capability = capabilities?.diagnose;
  const why =
    capability?.support === 'none'
      ? capability.why
      : protocol?.startsWith('ocpp') === true
        ? null
        : `${protocol ?? 'a device that was never seen'} has no logs to upload`;
  if (why !== null) throw new CapabilityNotSupported({ deviceId, capability: 'logs.upload', why });
}

/** The device's own word that its upload failed, since it was asked for. */
function toldFailure({ attributes }: DeviceInFull, since: Date): string | null {
  const notice = (attributes.notices as Record<string, Record<string, unknown>> | undefined)?.log_upload;
  const isOurs = typeof notice?.at === 'string' && Date.parse(notice.at) >= since.getTime();
  return isOurs && notice.outcome === 'failed' ? String(notice.status) : null;
}
