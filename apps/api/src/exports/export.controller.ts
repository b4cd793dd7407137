import { randomUUID } from 'node:crypto';
import {
  cancelExport,
  createExport,
  exportAlarms,
  exportCommands,
  exportDevices,
  exportSamples,
  exportSessions,
  getExport,
  listExports,
} from '@chargebus/api-contract';
import type { ExportFormat, ExportJob, ExportKind, ResultOf } from '@chargebus/api-contract';
import type { ClientId } from '@chargebus/domain';
import { ExportLimit, ExportNotFound, ExportOver, PermissionDenied } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { ExportRepository } from '@chargebus/persistence/iam';
import type { ExportRecord } from '@chargebus/persistence/iam';
import { SignedLink } from '@chargebus/security';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { audienceOf } from '../auth/audience';
import type { Caller } from '../auth/caller';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { FileEndpoint } from '../http/file-endpoint';
import { DATASETS, openPages, readFilters } from './datasets';
import { EXPORT_BUCKET, fileOf } from './export-runner';
import { sendFile } from './send-file';

const OPEN_PER_TENANT = 10;
const LINK_MS = 3_600_000;

/** Lists as files: written while they are read, or in the background behind a signed link (Q01, Q03, Q07). */
@Controller()
export class ExportController {
  constructor(
    private readonly bus: Bus,
    private readonly exports: ExportRepository,
    private readonly links: SignedLink,
  ) {}

  @FileEndpoint(exportDevices)
  devices(@Call() call: CallOf<typeof exportDevices>, @Res() reply: FastifyReply): Promise<void> {
    return this.send('devices', call, reply);
  }
  @FileEndpoint(exportSessions)
  sessions(@Call() call: CallOf<typeof exportSessions>, @Res() reply: FastifyReply): Promise<void> {
    return this.send('sessions', call, reply);
  }
  @FileEndpoint(exportSamples)
  samples(@Call() call: CallOf<typeof exportSamples>, @Res() reply: FastifyReply): Promise<void> {
    return this.send('samples', call, reply);
  }
  @FileEndpoint(exportCommands)
  commands(@Call() call: CallOf<typeof exportCommands>, @Res() reply: FastifyReply): Promise<void> {
    return this.send('commands', call, reply);
  }
  @FileEndpoint(exportAlarms)
  alarms(@Call() call: CallOf<typeof exportAlarms>, @Res() reply: FastifyReply): Promise<void> {
    return this.send('alarms', call, reply);
  }

  private async send<K extends ExportKind>(
    kind: K,
    { caller, query: { format, bom, ...filters } }: FileCall<K>,
    reply: FastifyReply,
  ): Promise<void> {
    refuseUnless(caller, kind);
    const pages = await openPages(this.bus, kind, audienceOf(caller), filters as Filters<K>);
    await sendFile(reply, { name: kind, format, bom, columns: DATASETS[kind].columns, pages });
  }

  @Endpoint(createExport)
  async create(@Call() { caller, body }: CallOf<typeof createExport>): Promise<ResultOf<typeof createExport>> {
    refuseUnless(caller, body.kind);
    const filters = Object.fromEntries(Object.entries(body.filters).map(([name, value]) => [name, String(value)]));
    const checked = readFilters(body.kind, filters);
    await openPages(this.bus, body.kind, audienceOf(caller), checked); // a device that is not there is refused at once
    const added = await this.exports.add(
      {
        exportId: `exp_${randomUUID().replaceAll('-', '').slice(0, 20)}`,
        tenantId: caller.tenantId,
        clientId: caller.clientId,
        kind: body.kind,
        format: body.format,
        filters,
        bom: body.bom,
        within: caller.within ?? null,
      },
      OPEN_PER_TENANT,
    );
    if (added === null) throw new ExportLimit({ limit: OPEN_PER_TENANT });
    return this.view(added);
  }

  @Endpoint(listExports)
  async list(@Call() { caller, page }: CallOf<typeof listExports>): Promise<ResultOf<typeof listExports>> {
    const { items, total } = await this.exports.list(caller.tenantId, ownOnly(caller), page);
    return { items: items.map((item) => this.view(item)), total, nextCursor: null };
  }

  @Endpoint(getExport)
  async get(@Call() { caller, params }: CallOf<typeof getExport>): Promise<ResultOf<typeof getExport>> {
    return this.view(await this.find(caller, params.id));
  }

  @Endpoint(cancelExport)
  async cancel(@Call() { caller, params }: CallOf<typeof cancelExport>): Promise<ResultOf<typeof cancelExport>> {
    await this.find(caller, params.id);
    const cancelled = await this.exports.cancel(caller.tenantId, params.id);
    const found = await this.find(caller, params.id);
    if (!cancelled && found.state !== 'cancelled') throw new ExportOver({ exportId: params.id, status: found.state });
    return this.view(found);
  }

  private async find(caller: Caller, exportId: string): Promise<ExportRecord> {
    const found = await this.exports.find(caller.tenantId, exportId);
    if (found === null) throw new ExportNotFound({ exportId });
    const owner = ownOnly(caller);
    if (owner !== null && owner !== found.clientId) throw new ExportNotFound({ exportId });
    return found;
  }

  private view(record: ExportRecord): ExportJob {
    const expiresMs = record.expiresAt === null ? 0 : Date.parse(record.expiresAt);
    const linkUntil = new Date(Math.min(Date.now() + LINK_MS, expiresMs));
    const blob = { bucket: EXPORT_BUCKET, file: fileOf(record) };
    return {
      id: record.exportId,
      kind: record.kind as ExportKind,
      format: record.format as ExportFormat,
      filters: { ...record.filters },
      status: record.state,
      rows: record.rows,
      total_rows: record.state === 'done' ? record.rows : record.totalRows, // what was counted was a forecast
      progress: progressOf(record),
      size: record.bytes,
      sha256: record.sha256,
      error: record.error,
      created_at: record.createdAt,
      started_at: record.startedAt,
      finished_at: record.finishedAt,
      expires_at: record.expiresAt,
      download_url: expiresMs > Date.now() ? this.links.urlOf(blob, linkUntil) : null,
    };
  }
}

type Filters<K extends ExportKind> = ReturnType<typeof readFilters<K>>;
/** A request for a file: filters of its kind and the format. */
interface FileCall<K extends ExportKind> {
  readonly caller: Caller;
  readonly query: Filters<K> & { readonly format: ExportFormat; readonly bom: boolean };
}

/** Percent. What was counted when it began is passed when rows came meanwhile, so all is said only when it is done. */
function progressOf({ state, rows, totalRows }: ExportRecord): number | null {
  if (state === 'done') return 100;
  return totalRows === null ? null : Math.min(99, Math.floor((rows * 100) / Math.max(totalRows, 1)));
}

/** One who sees a part of the tenant sees exports of its own making only: others may hold more. Null: sees all. */
const ownOnly = ({ within, clientId }: Caller): ClientId | null => (within == null ? null : clientId);

function refuseUnless(caller: Caller, kind: ExportKind): void {
  const { scope } = DATASETS[kind];
  if (!caller.scopes.has(scope)) throw new PermissionDenied({ scope });
}
