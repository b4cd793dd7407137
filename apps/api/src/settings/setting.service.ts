import type { SettingDefinition, TenantId } from '@chargebus/domain';
import { PermissionDenied, SettingChanged, SettingNotFound, TenantNotFound, ValidationFailed } from '@chargebus/errors';
import type { SettingRepository, SettingVersion, TenantRepository } from '@chargebus/persistence/iam';
import type { Caller } from '../auth/caller';
import type { News } from '../news';
import { settingNamed } from './settings';
import type { Settings } from './settings';

export interface SettingChangeRequest {
  readonly value: unknown; // null: back to the default
  readonly tenantId: TenantId | null;
  readonly reason: string | null;
  readonly expectedVersion: number | null; // null: whatever it is
}

/** Changes settings and tells every replica (R01, U06). Callers who are no operators of the installation change their own tenant's. */
export class SettingService {
  constructor(
    private readonly repository: SettingRepository,
    private readonly settings: Settings,
    private readonly tenants: Pick<TenantRepository, 'find'>,
    private readonly news: Pick<News, 'tell'>,
  ) {}

  /** Throws SETTING_NOT_FOUND. */
  definition(key: string): SettingDefinition {
    const definition = settingNamed(key);
    if (definition === null) throw new SettingNotFound({ key });
    return definition;
  }

  /** Whose value is meant; null: the installation's. Throws TENANT_NOT_FOUND for one that is not the caller's. */
  placeOf(caller: Caller, tenantId: TenantId | null | undefined): TenantId | null {
    if (caller.scopes.has('internal')) return tenantId ?? null;
    if (tenantId != null && tenantId !== caller.tenantId) throw new TenantNotFound({ tenantId });
    return caller.tenantId;
  }

  /** Throws SETTING_NOT_FOUND, VALIDATION_FAILED, PERMISSION_DENIED, SETTING_CHANGED, TENANT_NOT_FOUND. */
  async change(caller: Caller, key: string, request: SettingChangeRequest): Promise<void> {
    const definition = this.definition(key);
    const { tenantId, value, reason } = request;
    if (tenantId !== null) await this.refusePlace(caller, definition, tenantId);
    if (value !== null) refuseValue(definition, value);
    const change = { key, tenantId, value, reason, changedBy: caller.clientId };
    const version = await this.repository.append(change, request.expectedVersion);
    if (version === null) throw new SettingChanged({ key, version: request.expectedVersion ?? 'its last' });
    await this.settings.refresh();
    this.news.tell('settings');
  }

  /** What an earlier version had; null: the default. Throws SETTING_NOT_FOUND. */
  async valueAt(key: string, tenantId: TenantId | null, version: number): Promise<unknown> {
    if (version === 0) return null;
    const found = (await this.history(key, tenantId)).find((one) => one.version === version);
    if (found === undefined) throw new SettingNotFound({ key: `${key} of version ${version.toString()}` });
    return found.value;
  }

  /** Newest first. Throws SETTING_NOT_FOUND. */
  history(key: string, tenantId: TenantId | null): Promise<readonly SettingVersion[]> {
    return this.repository.history(this.definition(key).key, tenantId);
  }

  private async refusePlace(caller: Caller, { key, perTenant }: SettingDefinition, tenantId: TenantId): Promise<void> {
    if ((await this.tenants.find(tenantId)) === null) throw new TenantNotFound({ tenantId });
    if (perTenant) return;
    if (!caller.scopes.has('internal'))
      throw new PermissionDenied({ scope: 'internal' }, { details: { missing_scope: 'internal' } });
    const problem = { field: 'tenant_id', message: `${key} is one for all tenants` };
    throw new ValidationFailed({ summary: problem.message }, { details: [problem] });
  }
}

function refuseValue(definition: SettingDefinition, value: unknown): void {
  const parsed = definition.schema.safeParse(value);
  if (parsed.success) return;
  const details = parsed.error.issues.map(({ message }) => ({ field: 'value', message }));
  throw new ValidationFailed({ summary: details.map(({ message }) => `value: ${message}`).join('; ') }, { details });
}
