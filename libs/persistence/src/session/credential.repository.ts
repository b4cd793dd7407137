import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

export interface DeviceCredentials {
  readonly enabled: boolean;
  readonly subprotocols: readonly string[] | null; // null: all
  readonly securityProfile: number; // 0…3
  readonly nextSecurityProfile: number | null;
  readonly passwordHash: string | null;
  readonly passwordUntilMs: number | null; // null: no end
  readonly nextPasswordHash: string | null;
  readonly certificateCn: string | null; // null: the device's id
  readonly answersPings: boolean;
}
/** A device of the registry; `credentials` null: nobody has set any. */
export interface KnownDevice {
  readonly deviceId: DeviceId;
  readonly tenantId: TenantId;
  readonly deviceNo: string | null;
  readonly accepted: boolean; // at its last boot, of devices that boot
  readonly heartbeatIntervalS: number | null; // its own; null: the protocol's
  readonly credentials: DeviceCredentials | null;
}
/** What an operator sets. Left out: stays as it is, or the default where there was nothing. */
export interface CredentialSettings {
  readonly enabled?: boolean | undefined;
  readonly subprotocols?: readonly string[] | null | undefined;
  readonly securityProfile?: number | undefined;
  readonly nextSecurityProfile?: number | null | undefined;
  readonly certificateCn?: string | null | undefined;
  readonly answersPings?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}
/** What a device is being told to use from now on; valid besides what it used before. */
export interface CredentialChange {
  readonly passwordHash: string | null;
  readonly securityProfile: number | null;
}

const COLUMNS = {
  enabled: 'enabled',
  subprotocols: 'subprotocols',
  securityProfile: 'security_profile',
  nextSecurityProfile: 'next_security_profile',
  certificateCn: 'certificate_cn',
  answersPings: 'answers_pings',
  passwordHash: 'password_hash',
} as const;
const OF_A_GATEWAY = asSystem('a device that knocks has not said whose it is');

/** Credentials of devices. Changes are single guarded statements: what was overtaken changes nothing. Written by `session`. */
export class CredentialRepository {
  constructor(private readonly database: Database) {}

  async findKnown(deviceIds: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, KnownDevice>> {
    const { rows } = await this.database.query<CredentialRow>(
      OF_A_GATEWAY,
      `SELECT d.device_id, d.tenant_id, d.device_no, d.attributes->>'registration' = 'Accepted' AS accepted,
         CASE WHEN d.heartbeat_fixed THEN d.heartbeat_interval_s END AS own_heartbeat_s, c.enabled, c.subprotocols, c.security_profile, c.next_security_profile, c.password_hash,
         c.password_until, c.next_password_hash, c.certificate_cn, c.answers_pings
       FROM session.devices d LEFT JOIN session.device_credentials c USING (device_id) WHERE d.device_id = ANY ($1)`,
      [deviceIds],
    );
    return new Map(rows.map((row) => [row.device_id, toKnown(row)]));
  }

  /** A password that is set here counts at once, and alone. */
  async set(
    tenantId: TenantId,
    deviceId: DeviceId,
    settings: CredentialSettings,
    profileByDefault: number,
  ): Promise<void> {
    const given = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).filter((key) => settings[key] !== undefined);
    const profileGiven = given.includes('securityProfile');
    const columns = [...given.map((key) => COLUMNS[key]), ...(profileGiven ? [] : ['security_profile'])];
    const values = [...given.map((key) => settings[key]), ...(profileGiven ? [] : [profileByDefault])];
    const updates = [
      ...given.map((key) => `${COLUMNS[key]} = excluded.${COLUMNS[key]}`),
      ...(given.includes('passwordHash') ? ['next_password_hash = NULL', 'password_until = NULL'] : []),
      ...(profileGiven && !given.includes('nextSecurityProfile') ? ['next_security_profile = NULL'] : []),
      'changed_at = now()',
    ];
    await this.database.query(
      forTenant(tenantId),
      `INSERT INTO session.device_credentials (device_id, tenant_id, ${columns.join(', ')})
       VALUES ($1, $2, ${columns.map((_, i) => `$${(i + 3).toString()}`).join(', ')})
       ON CONFLICT (device_id) DO UPDATE SET ${updates.join(', ')}`,
      [deviceId, tenantId, ...values],
    );
  }

  /** From here on the device may come with either. */
  async propose(tenantId: TenantId, deviceId: DeviceId, change: CredentialChange): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      `UPDATE session.device_credentials SET changed_at = now(),
         next_password_hash = coalesce($2, next_password_hash),
         password_until = CASE WHEN $2::text IS NULL THEN password_until END,
         next_security_profile = coalesce($3, next_security_profile)
       WHERE device_id = $1`,
      [deviceId, change.passwordHash, change.securityProfile],
    );
  }
  /** The device took them: the older password ends soon. */
  async accepted(
    tenantId: TenantId,
    deviceId: DeviceId,
    { passwordHash }: CredentialChange,
    untilMs: number,
  ): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      `UPDATE session.device_credentials SET password_until = $3, changed_at = now()
       WHERE device_id = $1 AND next_password_hash = $2`,
      [deviceId, passwordHash, new Date(untilMs).toISOString()],
    );
  }
  /** The device refused them, or never heard of them. */
  async withdraw(tenantId: TenantId, deviceId: DeviceId, change: CredentialChange): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      `UPDATE session.device_credentials SET changed_at = now(),
         next_password_hash = nullif(next_password_hash, $2),
         next_security_profile = nullif(next_security_profile, $3::smallint)
       WHERE device_id = $1`,
      [deviceId, change.passwordHash, change.securityProfile],
    );
  }
  /** The device came in with them: they are the only ones now. False: they are not the newest any more. */
  async confirm(deviceId: DeviceId, change: CredentialChange): Promise<boolean> {
    const { count } = await this.database.query(
      OF_A_GATEWAY,
      `UPDATE session.device_credentials SET changed_at = now(),
         password_hash = CASE WHEN next_password_hash = $2 THEN next_password_hash ELSE password_hash END,
         password_until = CASE WHEN next_password_hash = $2 THEN NULL ELSE password_until END,
         next_password_hash = nullif(next_password_hash, $2),
         security_profile = CASE WHEN next_security_profile = $3 THEN next_security_profile ELSE security_profile END,
         next_security_profile = nullif(next_security_profile, $3::smallint)
       WHERE device_id = $1 AND (next_password_hash = $2 OR next_security_profile = $3)`,
      [deviceId, change.passwordHash, change.securityProfile],
    );
    return count === 1;
  }
}

interface CredentialRow {
  readonly device_id: DeviceId;
  readonly tenant_id: TenantId;
  readonly device_no: string | null;
  readonly accepted: boolean | null; // null: it never booted
  readonly own_heartbeat_s: number | null;
  readonly enabled: boolean | null; // null: there is no row of credentials
  readonly subprotocols: readonly string[] | null;
  readonly security_profile: number;
  readonly next_security_profile: number | null;
  readonly password_hash: string | null;
  readonly password_until: Date | null;
  readonly next_password_hash: string | null;
  readonly certificate_cn: string | null;
  readonly answers_pings: boolean;
}
const toKnown = (row: CredentialRow): KnownDevice => ({
  deviceId: row.device_id,
  tenantId: row.tenant_id,
  deviceNo: row.device_no,
  accepted: row.accepted === true,
  heartbeatIntervalS: row.own_heartbeat_s,
  credentials:
    row.enabled === null
      ? null
      : {
          enabled: row.enabled,
          subprotocols: row.subprotocols,
          securityProfile: row.security_profile,
          nextSecurityProfile: row.next_security_profile,
          passwordHash: row.password_hash,
          passwordUntilMs: row.password_until?.getTime() ?? null,
          nextPasswordHash: row.next_password_hash,
          certificateCn: row.certificate_cn,
          answersPings: row.answers_pings,
        },
});
