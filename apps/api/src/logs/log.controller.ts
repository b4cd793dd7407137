import {
  exportRequestLogs,
  listRequestLogs,
  RequestLogEntry,
  summariseRequestLogs,
  timeRangeOf,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { instantToMs, toInstant } from '@chargebus/domain';
import { RequestLogReader } from '@chargebus/persistence/iam';
import type { RequestLogFilter, RequestLogRow } from '@chargebus/persistence/iam';
import type { Page } from '@chargebus/requests';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import type { ExportRow } from '../exports/encode';
import { sendFile } from '../exports/send-file';
import { FileEndpoint } from '../http/file-endpoint';
import { mapPage } from '../http/map-page';

const DAY_MS = 86_400_000;
const PAGE_ROWS = 500;

/** The log of API calls, for the installation's operators (R02, R05). */
@Controller()
export class LogController {
  constructor(private readonly logs: RequestLogReader) {}

  @Endpoint(listRequestLogs)
  async list(@Call() { page, query }: CallOf<typeof listRequestLogs>): Promise<ResultOf<typeof listRequestLogs>> {
    return mapPage(await this.logs.list(filterOf(query), page), logView);
  }

  @FileEndpoint(exportRequestLogs)
  async export(@Call() { query }: CallOf<typeof exportRequestLogs>, @Res() reply: FastifyReply): Promise<void> {
    const { format, bom, ...filter } = query;
    const columns = Object.keys(RequestLogEntry.shape);
    await sendFile(reply, { name: 'requests', format, bom, columns, pages: this.pages(filterOf(filter)) });
  }

  private async *pages(filter: RequestLogFilter): AsyncGenerator<readonly ExportRow[]> {
    let cursor: string | null = null;
    do {
      const asked = { limit: PAGE_ROWS, offset: 0, cursor, sort: null, order: 'asc', counted: false } as const;
      const page: Page<RequestLogRow> = await this.logs.list(filter, asked);
      yield page.items.map(logView);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  @Endpoint(summariseRequestLogs)
  async summarise(
    @Call() { page, query }: CallOf<typeof summariseRequestLogs>,
  ): Promise<ResultOf<typeof summariseRequestLogs>> {
    const lines = await this.logs.summarise(filterOf(query));
    const ordered = page.order === 'asc' ? lines.toReversed() : lines;
    return {
      items: ordered.slice(page.offset, page.offset + page.limit).map((line) => ({
        method: line.method,
        endpoint: line.endpoint,
        status_code: line.statusCode,
        requests: line.requests,
        avg_duration_ms: tenths(line.avgDurationMs),
        p95_duration_ms: tenths(line.p95DurationMs),
        max_duration_ms: tenths(line.maxDurationMs),
      })),
      total: lines.length,
      nextCursor: null,
    };
  }
}

function filterOf(query: CallOf<typeof listRequestLogs>['query']): RequestLogFilter {
  const { from, to } = timeRangeOf(query, Date.now());
  const until = to ?? toInstant(Date.now() + 1_000); // a call that is logged in this moment is in it
  return {
    from: from ?? toInstant(instantToMs(until) - DAY_MS),
    until,
    tenantId: query.tenant_id ?? null,
    clientId: query.client_id ?? null,
    method: query.method ?? null,
    endpoint: query.endpoint ?? null,
    devicePhyId: query.device_phy_id ?? null,
    thirdPartyOrderNo: query.third_party_order_no ?? null,
    requestId: query.request_id ?? null,
    minStatus: query.min_status ?? null,
    maxStatus: query.max_status ?? null,
    minDurationMs: query.min_duration_ms ?? null,
  };
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

const logView = (row: RequestLogRow): z.infer<typeof RequestLogEntry> => ({
  request_id: row.requestId,
  tenant_id: row.tenantId,
  client_id: row.clientId,
  method: row.method,
  endpoint: row.endpoint,
  query: row.query,
  device_phy_id: row.devicePhyId,
  third_party_order_no: row.thirdPartyOrderNo,
  request_body: row.requestBody,
  response_body: row.responseBody,
  status_code: row.statusCode,
  duration_ms: tenths(row.durationMs),
  client_ip: row.clientIp,
  user_agent: row.userAgent,
  created_at: row.createdAt,
});
