import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { deviceFilterOf, exportRegister, ImportedDevice, importDevices } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { ImportRefused } from '@chargebus/errors';
import { BlobStore, Bus } from '@chargebus/messaging';
import { IMPORT_BUCKET, IMPORT_KEEP_MS, ImportDevices, ReadRegister } from '@chargebus/requests';
import type { Audience, ImportRow, RegisteredDevice, ReplyOf } from '@chargebus/requests';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { FileEndpoint } from '../http/file-endpoint';
import { csvHeader, csvRows, readCsv } from './device-csv';
import { asLines, listed, readLines } from './device-rows';
import type { DeviceRows, FileProblem } from './device-rows';
import { changeOf } from './device.view';

const PAGE = 500;
const SHOWN_PROBLEMS = 1_000;

/** Devices by the thousand, in and out, in one form (H14): rows are checked here, `session` does the rest. */
@Controller()
export class DeviceFileController {
  private store: Promise<BlobStore> | null = null;

  constructor(private readonly bus: Bus) {}

  @Endpoint(importDevices)
  async import(@Call() call: CallOf<typeof importDevices>): Promise<ResultOf<typeof importDevices>> {
    const { body, query } = call;
    const asksOnly = query.dry_run ?? body.dry_run;
    const mode = query.mode ?? body.mode;
    const skipBad = (query.on_error ?? body.on_error) === 'continue';
    const file = rowsOf(body);
    const { rows, problems, badRows } = checked(file);
    const dryRun = asksOnly || (!skipBad && badRows > 0);
    const result = await this.ask(call, rows, { mode, dryRun, skipBad });
    const report = {
      rows: file.rows.length + file.problems.length,
      applied: result.applied,
      created: result.created,
      updated: result.updated,
      unchanged: result.unchanged,
      bad_rows: badRows + result.badRows,
      problems: [...problems, ...result.problems].sort((a, b) => a.line - b.line).slice(0, SHOWN_PROBLEMS),
    };
    if (!report.applied && !asksOnly)
      throw new ImportRefused({ badRows: report.bad_rows, rows: report.rows }, { details: report });
    return report;
  }

  @FileEndpoint(exportRegister)
  async export(@Call() call: CallOf<typeof exportRegister>, @Res() reply: FastifyReply): Promise<void> {
    const { format, bom, ...filters } = call.query;
    const pages = this.pages(audienceOf(call.caller), deviceFilterOf(filters));
    const day = new Date().toISOString().slice(0, 10);
    await reply
      .header('content-type', FILE_TYPES[format])
      .header('content-disposition', `attachment; filename="devices-${day}.${format}"`)
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(encoded(format, bom, pages), { objectMode: false }));
  }

  /** The rows lie in a blob while they are brought in: together they are larger than a message may be. */
  private async ask(
    { caller, context }: CallOf<typeof importDevices>,
    rows: readonly ImportRow[],
    how: { readonly mode: 'upsert' | 'create'; readonly dryRun: boolean; readonly skipBad: boolean },
  ): Promise<ReplyOf<typeof ImportDevices>> {
    this.store ??= BlobStore.open(this.bus, IMPORT_BUCKET, { keepMs: IMPORT_KEEP_MS });
    const store = await this.store;
    const blob = `${caller.tenantId}/${randomUUID()}`;
    await store.put(blob, Readable.from([Buffer.from(JSON.stringify(rows))]));
    try {
      return await this.bus.ask(ImportDevices, { ...audienceOf(caller), blob, ...how }, { context });
    } finally {
      await store.remove(blob);
    }
  }

  private async *pages(audience: Audience, filter: DeviceFilter): AsyncGenerator<readonly ImportedDevice[]> {
    for (let cursor: DeviceId | null = null, first = true; first || cursor !== null; first = false) {
      const page: ReplyOf<typeof ReadRegister> = await this.bus.ask(ReadRegister, {
        ...audience,
        filter,
        cursor,
        limit: PAGE,
      });
      yield page.items.map(fileRow);
      cursor = page.cursor;
    }
  }
}

type Pages = AsyncIterable<readonly ImportedDevice[]>;
type FileFormat = CallOf<typeof exportRegister>['query']['format'];
const FILE_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson',
};
function encoded(format: FileFormat, bom: boolean, pages: Pages): AsyncIterable<string> {
  if (format === 'json') return asJson(pages);
  return format === 'csv' ? inPages(csvHeader(bom), csvRows, pages) : inPages('', asLines, pages);
}
async function* inPages(
  head: string,
  write: (devices: readonly ImportedDevice[]) => string,
  pages: Pages,
): AsyncGenerator<string> {
  if (head !== '') yield head;
  for await (const page of pages) yield write(page);
}
async function* asJson(pages: Pages): AsyncGenerator<string> {
  let separator = '{"devices":[\n';
  for await (const page of pages)
    for (const device of page) {
      yield separator + JSON.stringify(device);
      separator = ',\n';
    }
  yield separator.startsWith('{') ? `${separator}]}\n` : '\n]}\n';
}

function rowsOf({ csv, ndjson, devices }: CallOf<typeof importDevices>['body']): DeviceRows {
  if (csv !== undefined) return readCsv(csv);
  return ndjson === undefined ? listed(devices ?? []) : readLines(ndjson);
}

/** Every row by itself: what is wrong with it, or the row in our own words. */
function checked(file: DeviceRows): {
  readonly rows: readonly ImportRow[];
  readonly problems: readonly FileProblem[];
  readonly badRows: number;
} {
  const rows: ImportRow[] = [];
  const problems = [...file.problems];
  let badRows = file.problems.length;
  for (const { line, device } of file.rows) {
    const parsed = ImportedDevice.safeParse(device);
    if (parsed.success) {
      const { phy_id: phyId, protocol, groups, ...fields } = parsed.data;
      rows.push({ line, deviceId: DeviceId.parse(phyId), protocol, groups, ...changeOf(fields) });
      continue;
    }
    badRows += 1;
    for (const issue of parsed.error.issues)
      problems.push(
        issue.code === 'unrecognized_keys'
          ? { line, field: issue.keys.join(', '), reason: 'is not a known field' }
          : { line, field: issue.path.join('.'), reason: issue.message },
      );
  }
  return { rows, problems, badRows };
}

const fileRow = (device: RegisteredDevice): ImportedDevice => ({
  phy_id: device.deviceId,
  name: device.name,
  type: device.type,
  region: device.region,
  station: device.station,
  model: device.model,
  protocol: device.protocol,
  port_count: device.portCount,
  tags: device.tags,
  groups: device.groups,
  attributes: device.attributes,
  heartbeat_interval: device.heartbeatIntervalS,
  offline_timeout: device.offlineTimeoutS,
  maintenance: device.maintenance,
});
