import { listRequestLogs, summariseRequestLogs, timeRangeOf } from '@chargebus/api-contract';
import type { RequestLogEntry, ResultOf } from '@chargebus/api-contract';
import { instantToMs, toInstant } from '@chargebus/domain';
import { RequestLogReader } from '@chargebus/persistence/iam';
import type { RequestLogFilter, RequestLogRow } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

const DAY_MS = 86_400_000;

/** The log of API calls, for the installation's operators (R02, R05). */
@Controller()
export class LogController {
  constructor(private readonly logs: RequestLogReader) {}

  @Endpoint(listRequestLogs)
  async list(@Call() { page, query }: CallOf<typeof listRequestLogs>): Promise<ResultOf<typeof listRequestLogs>> {
    return mapPage(await this.logs.list(filterOf(query), page), logView);
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
