import { z } from 'zod';

/** One setting of the installation that its operators change while everything runs (R01). */
export interface SettingDefinition<T = unknown> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  /** What counts until somebody sets it; null: what the process's own configuration says, or nothing. */
  readonly fallback: T | null;
  readonly perTenant: boolean; // whether a tenant may have a value of its own (U06)
  readonly description: string; // with the unit
}

const defined: SettingDefinition[] = [];
function defineSetting<T>(definition: SettingDefinition<T>): SettingDefinition<T> {
  defined.push(definition);
  return definition;
}
const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const perMinute = whole(1, 100_000_000);

export const RateLimitKeyPerMin = defineSetting({
  key: 'rate_limit.key_per_min',
  schema: perMinute,
  fallback: null,
  perTenant: true,
  description: 'Requests a minute of one principal that has no limit of its own.',
});
export const RateLimitTenantPerMin = defineSetting({
  key: 'rate_limit.tenant_per_min',
  schema: perMinute,
  fallback: null,
  perTenant: true,
  description: 'Requests a minute of all principals of a tenant.',
});
export const RateLimitDeviceOrdersPerMin = defineSetting({
  key: 'rate_limit.device_orders_per_min',
  schema: perMinute,
  fallback: null,
  perTenant: true,
  description: 'Orders a minute to one device.',
});
export const RateLimitOrdersPerMin = defineSetting({
  key: 'rate_limit.class.order_per_min',
  schema: perMinute,
  fallback: 120_000,
  perTenant: true,
  description: 'Orders a minute to all devices of a tenant.',
});
export const RateLimitWritesPerMin = defineSetting({
  key: 'rate_limit.class.write_per_min',
  schema: perMinute,
  fallback: 60_000,
  perTenant: true,
  description: 'Other changes a minute of a tenant.',
});
export const RateLimitBulkPerMin = defineSetting({
  key: 'rate_limit.class.bulk_per_min',
  schema: perMinute,
  fallback: 6_000,
  perTenant: true,
  description: 'Requests a minute of a tenant that each concern many devices: batches, imports, exports.',
});
export const RequestLogRetentionDays = defineSetting({
  key: 'request_log.retention_days',
  schema: whole(1, 3_650),
  fallback: null,
  perTenant: false,
  description: 'Days for which calls of the API are kept.',
});
export const ApprovalLifetimeMinutes = defineSetting({
  key: 'approvals.lifetime_minutes',
  schema: whole(1, 10_080),
  fallback: 60,
  perTenant: true,
  description: 'Minutes within which a dangerous order must be approved.',
});
export const KeyRotationOverlapMinutes = defineSetting({
  key: 'keys.rotation_overlap_minutes',
  schema: whole(0, 43_200),
  fallback: 0,
  perTenant: true,
  description: 'Minutes for which a rotated key stays good beside the new one, where the rotation does not say.',
});
export const KeyMaxLifetimeDays = defineSetting({
  key: 'keys.max_lifetime_days',
  schema: whole(1, 3_650),
  fallback: null,
  perTenant: true,
  description: 'Days after which a new key expires at the latest; not set: keys may live for ever.',
});
export const TokenLifetimeMinutes = defineSetting({
  key: 'tokens.lifetime_minutes',
  schema: whole(1, 1_440),
  fallback: 60,
  perTenant: true,
  description: 'Minutes for which a token of a person is good.',
});
export const NotifyIntervalMinimumS = defineSetting({
  key: 'charging.notify_interval_min_s',
  schema: whole(1, 3_600),
  fallback: 1,
  perTenant: true,
  description: 'Shortest spacing of progress pushes in seconds; a start that asks for less gets this.',
});

/** All settings, in the order of the documents. */
export const SETTINGS: readonly SettingDefinition[] = defined;
