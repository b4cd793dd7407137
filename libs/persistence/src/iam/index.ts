export { iamMigrations } from './migrations';
export { TenantRepository } from './tenant.repository';
export type { Tenant } from './tenant.repository';
export { ClientRepository } from './client.repository';
export type {
  Client,
  ClientChanges,
  ClientCredentials,
  ClientSettings,
  ClientUse,
  KeyMaterial,
  NewClient,
} from './client.repository';
export { RoleRepository } from './role.repository';
export type { Role } from './role.repository';
export { AuditRepository } from './audit.repository';
export type { AuditFilter } from './audit.repository';
export { ChainWalk, entryHash } from './audit-chain';
export type { ChainedEntry, ChainHead, ChainReport } from './audit-chain';
export { ApprovalRepository } from './approval.repository';
export type { Approval, ApprovalFilter, NewApproval } from './approval.repository';
export { SettingRepository } from './setting.repository';
export type { SettingChange, SettingVersion } from './setting.repository';
export { IdempotencyRepository } from './idempotency.repository';
export type { IdempotencyClaim, IdempotencyRef } from './idempotency.repository';
export { ExportRepository } from './export.repository';
export type { ExportRecord, ExportState, NewExport } from './export.repository';
export { RequestLogRepository } from './request-log.repository';
export type { RequestLogRow } from './request-log.repository';
export { REQUEST_ARCHIVE } from './request-archive';
export { RequestLogReader } from './request-log.reader';
export type { RequestLogFilter, RequestLogSummary } from './request-log.reader';
