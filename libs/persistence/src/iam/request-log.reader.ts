import type { ClientId, TenantId } from '@chargebus/domain';
import type { Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem } from '../scope';
import type { RequestLogRow } from './request-log.repository';

/** Which calls are meant. Null: any. */
export interface RequestLogFilter {
  readonly from: string; // RFC 3339, included
  readonly until: string; // RFC 3339, excluded
  readonly tenantId: TenantId | null;
  readonly clientId: ClientId | null;
  readonly method: string | null;
  readonly endpoint: string | null; // one that ends with `*`: the beginning of the path
  readonly devicePhyId: string | null;
  readonly thirdPartyOrderNo: string | null;
  readonly requestId: string | null;
  readonly minStatus: number | null;
  readonly maxStatus: number | null;
  readonly minDurationMs: number | null;
}
export interface RequestLogSummary {
  readonly method: string;
  readonly endpoint: string; // ids in it are written as {phyId} and {id}
  readonly statusCode: number;
  readonly requests: number;
  readonly avgDurationMs: number;
  readonly p95DurationMs: number;
  readonly maxDurationMs: number;
}

const COUNTED = 10_000;
const scope = asSystem('operators read the log of every tenant, and of calls that were nobody’s');

/** Only what is asked for is in the statement, so that the planner sees constants; days outside of the time are not read. */
function conditionsOf(filter: RequestLogFilter): { readonly where: string; readonly params: unknown[] } {
  const params: unknown[] = [filter.from, filter.until];
  const conditions = [
    "day >= date_trunc('day', $1::timestamptz, 'UTC') AND day <= $2::timestamptz",
    'created_at >= $1::timestamptz AND created_at < $2::timestamptz',
  ];
  const add = (sql: string, value: unknown): void => {
    if (value === null) return;
    params.push(value);
    conditions.push(sql.replace('?', `$${params.length.toString()}`));
  };
  const prefix = filter.endpoint?.endsWith('*') === true ? filter.endpoint.slice(0, -1) : null;
  add('tenant_id = ?::uuid', filter.tenantId);
  add('client_id = ?::uuid', filter.clientId);
  add('method = ?', filter.method);
  add('endpoint = ?', prefix === null ? filter.endpoint : null);
  add('starts_with(endpoint, ?)', prefix);
  add('device_phy_id = ?', filter.devicePhyId);
  add('third_party_order_no = ?', filter.thirdPartyOrderNo);
  add('request_id = ?', filter.requestId);
  add('status_code >= ?::smallint', filter.minStatus);
  add('status_code <= ?::smallint', filter.maxStatus);
  add('duration_ms >= ?::real', filter.minDurationMs);
  return { where: conditions.join(' AND '), params };
}

/** Reads the log of API calls (R02, R05): the last days in well under 3 s. */
export class RequestLogReader {
  constructor(private readonly database: Database) {}

  /** Newest first unless the page says otherwise; `total` counts no further than 10,000. */
  async list(filter: RequestLogFilter, page: PageQuery): Promise<Page<RequestLogRow>> {
    const { where, params } = conditionsOf(filter);
    const direction = page.order === 'asc' ? 'ASC' : 'DESC';
    const after = page.cursor === null ? null : decodeCursor(page.cursor);
    const next = params.length + 1;
    const beyond =
      after === null
        ? ''
        : ` AND (created_at, request_id) ${page.order === 'asc' ? '>' : '<'} ($${next.toString()}::timestamptz, $${(next + 1).toString()})`;
    const [rows, counted] = await Promise.all([
      this.database.query<Row>(
        scope,
        `SELECT *, host(client_ip) AS client_ip, created_at::text AS place FROM iam.api_request_logs WHERE ${where}${beyond}
         ORDER BY created_at ${direction}, request_id ${direction}
         LIMIT ${(page.limit + 1).toString()} OFFSET ${(after === null ? page.offset : 0).toString()}`,
        [...params, ...(after ?? [])],
      ),
      page.counted === false
        ? { rows: [] }
        : this.database.query<{ n: number }>(
            scope,
            `SELECT count(*)::int AS n FROM (SELECT FROM iam.api_request_logs WHERE ${where} LIMIT ${COUNTED.toString()}) AS counted`,
            params,
          ),
    ]);
    const shown = rows.rows.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toLogRow),
      total: counted.rows[0]?.n ?? 0,
      nextCursor:
        rows.rows.length > page.limit && last !== undefined
          ? Buffer.from(JSON.stringify([last.place, last.request_id])).toString('base64url')
          : null,
    };
  }

  /** Most frequent first, at most 500 lines. */
  async summarise(filter: RequestLogFilter): Promise<readonly RequestLogSummary[]> {
    const { where, params } = conditionsOf(filter);
    const { rows } = await this.database.query<SummaryRow>(
      scope,
      `SELECT method, route, status_code, count(*)::int AS requests, avg(duration_ms) AS average,
         percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95, max(duration_ms) AS longest
       FROM (SELECT method, status_code, duration_ms,
               regexp_replace(CASE WHEN device_phy_id IS NULL THEN endpoint
                                   ELSE replace(endpoint, '/' || device_phy_id || '/', '/{phyId}/') END,
                 '/([0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_]*[0-9][A-Za-z0-9_:.-]{5,})(?=/|$)', '/{id}', 'g') AS route
             FROM iam.api_request_logs WHERE ${where}) AS calls
       GROUP BY method, route, status_code ORDER BY requests DESC, route LIMIT 500`,
      params,
    );
    return rows.map((row) => ({
      method: row.method,
      endpoint: row.route,
      statusCode: row.status_code,
      requests: row.requests,
      avgDurationMs: row.average,
      p95DurationMs: row.p95,
      maxDurationMs: row.longest,
    }));
  }
}

interface Row {
  readonly request_id: string;
  readonly tenant_id: TenantId | null;
  readonly client_id: ClientId | null;
  readonly method: string;
  readonly endpoint: string;
  readonly query: unknown;
  readonly device_phy_id: string | null;
  readonly third_party_order_no: string | null;
  readonly request_body: unknown;
  readonly response_body: unknown;
  readonly status_code: number;
  readonly duration_ms: number;
  readonly client_ip: string | null;
  readonly user_agent: string | null;
  readonly created_at: Date;
  readonly place: string; // created_at to the microsecond
}
interface SummaryRow {
  readonly method: string;
  readonly route: string;
  readonly status_code: number;
  readonly requests: number;
  readonly average: number;
  readonly p95: number;
  readonly longest: number;
}
const toLogRow = (row: Row): RequestLogRow => ({
  requestId: row.request_id,
  tenantId: row.tenant_id,
  clientId: row.client_id,
  method: row.method,
  endpoint: row.endpoint,
  query: row.query,
  devicePhyId: row.device_phy_id,
  thirdPartyOrderNo: row.third_party_order_no,
  requestBody: row.request_body,
  responseBody: row.response_body,
  statusCode: row.status_code,
  durationMs: row.duration_ms,
  clientIp: row.client_ip,
  userAgent: row.user_agent,
  createdAt: row.created_at.toISOString(),
});

/** Null: no cursor of ours, which starts at the beginning. */
function decodeCursor(text: string): readonly [string, string] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(value)) return null;
    const [place, requestId] = value as readonly unknown[];
    if (typeof place !== 'string' || typeof requestId !== 'string' || Number.isNaN(Date.parse(place))) return null;
    return [place, requestId];
  } catch {
    return null;
  }
}
