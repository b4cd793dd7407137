import type { ClientId, TenantId } from '@chargebus/domain';
import { keepDays } from '../daily-partitions';
import type { Database } from '../database';
import { asSystem } from '../scope';

/** One call (Z10). Bodies are masked JSON text, null when there was none. */
export interface RequestLogRow {
  readonly requestId: string;
  readonly tenantId: TenantId | null; // null: refused before the caller was known
  readonly clientId: ClientId | null;
  readonly method: string;
  readonly endpoint: string; // path as called, without the query
  readonly query: string | null;
  readonly devicePhyId: string | null;
  readonly thirdPartyOrderNo: string | null;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  readonly statusCode: number;
  readonly durationMs: number;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string; // RFC 3339
}

/** Written by `api` only. */
export class RequestLogRepository {
  constructor(private readonly database: Database) {}

  /**
   * One statement for the batch. Returns the request ids that the day has seen before, whose rows were not written: a
   * caller may send its X-Request-Id twice.
   */
  async insert(rows: readonly RequestLogRow[]): Promise<ReadonlySet<string>> {
    const { rows: written } = await this.database.query<{ request_id: string }>(
      asSystem('calls of several tenants'),
      `INSERT INTO iam.api_request_logs (day, request_id, tenant_id, client_id, method, endpoint, query, device_phy_id,
         third_party_order_no, request_body, response_body, status_code, duration_ms, client_ip, user_agent, created_at)
       SELECT date_trunc('day', at, 'UTC'), id, tenant, client, method, endpoint, query, device, order_no, request, response,
         status, duration, ip, agent, at
       FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[], $9::jsonb[],
         $10::jsonb[], $11::smallint[], $12::real[], $13::inet[], $14::text[], $15::timestamptz[])
         AS r(id, tenant, client, method, endpoint, query, device, order_no, request, response, status, duration, ip, agent, at)
       ON CONFLICT (request_id, day) DO NOTHING RETURNING request_id`,
      [
        rows.map((row) => row.requestId),
        rows.map((row) => row.tenantId),
        rows.map((row) => row.clientId),
        rows.map((row) => row.method),
        rows.map((row) => row.endpoint),
        rows.map((row) => row.query),
        rows.map((row) => row.devicePhyId),
        rows.map((row) => row.thirdPartyOrderNo),
        rows.map((row) => row.requestBody),
        rows.map((row) => row.responseBody),
        rows.map((row) => row.statusCode),
        rows.map((row) => row.durationMs),
        rows.map((row) => row.clientIp),
        rows.map((row) => row.userAgent),
        rows.map((row) => row.createdAt),
      ],
      'request-log',
    );
    const seen = new Set(rows.map((row) => row.requestId));
    for (const row of written) seen.delete(row.request_id);
    return seen;
  }

  /** Prepares the coming days, drops those older than `retentionDays`. */
  async keepDays(retentionDays: number): Promise<void> {
    await this.database.transaction(asSystem('housekeeping'), (tx) =>
      keepDays(tx, 'iam', 'api_request_logs', retentionDays),
    );
  }
}
