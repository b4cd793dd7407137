import type { ClientId, TenantId } from '@chargebus/domain';
import { keepDays } from '../daily-partitions';
import type { Database } from '../database';
import { asSystem } from '../scope';

/** One call (Z10). Bodies are masked, null when there was none; no text holds NUL or half a surrogate pair. */
export interface RequestLogRow {
  readonly requestId: string;
  readonly tenantId: TenantId | null; // null: refused before the caller was known
  readonly clientId: ClientId | null;
  readonly method: string;
  readonly endpoint: string; // path as called, without the query
  readonly query: unknown;
  readonly devicePhyId: string | null;
  readonly thirdPartyOrderNo: string | null;
  readonly requestBody: unknown;
  readonly responseBody: unknown;
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
       SELECT date_trunc('day', "createdAt", 'UTC'), "requestId", "tenantId", "clientId", method, endpoint, query,
         "devicePhyId", "thirdPartyOrderNo", "requestBody", "responseBody", "statusCode", "durationMs", "clientIp",
         "userAgent", "createdAt"
       FROM json_to_recordset($1) AS r ("requestId" text, "tenantId" uuid, "clientId" uuid, method text, endpoint text,
         query json, "devicePhyId" text, "thirdPartyOrderNo" text, "requestBody" json, "responseBody" json,
         "statusCode" smallint, "durationMs" real, "clientIp" inet, "userAgent" text, "createdAt" timestamptz)
       ON CONFLICT (request_id, day) DO NOTHING RETURNING request_id`,
      [JSON.stringify(rows)], // one text: cheaper than an array per column, whose elements are escaped again
      'request-log',
    );
    const seen = new Set(rows.map((row) => row.requestId));
    for (const row of written) seen.delete(row.request_id);
    return seen;
  }

  /** Makes the partitions of the coming days. Old ones go when their rows are archived. */
  async prepareDays(): Promise<void> {
    await this.database.transaction(asSystem('partitions belong to no tenant'), (tx) =>
      keepDays(tx, 'iam', 'api_request_logs'),
    );
  }
}
