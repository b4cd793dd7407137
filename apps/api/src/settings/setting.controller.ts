import { getSetting, listSettings, putSetting, restoreSetting, settingHistory } from '@chargebus/api-contract';
import type { ResultOf, Setting } from '@chargebus/api-contract';
import { SETTINGS } from '@chargebus/domain';
import type { SettingDefinition, TenantId } from '@chargebus/domain';
import type { SettingVersion } from '@chargebus/persistence/iam';
import type { Page, PageQuery } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { SettingService } from './setting.service';
import { Settings } from './settings';

/** What operators change while everything runs. */
@Controller()
export class SettingController {
  constructor(
    private readonly service: SettingService,
    private readonly settings: Settings,
  ) {}

  @Endpoint(listSettings)
  list(@Call() { caller, page, query }: CallOf<typeof listSettings>): Promise<ResultOf<typeof listSettings>> {
    const tenantId = this.service.placeOf(caller, query.tenant_id);
    const all = SETTINGS.map((definition) => this.view(definition, tenantId));
    const sorted = all.sort((a, b) => (a.key < b.key ? -1 : 1));
    return Promise.resolve(cut(page.order === 'asc' ? sorted : sorted.reverse(), page));
  }

  @Endpoint(getSetting)
  get(@Call() { caller, params, query }: CallOf<typeof getSetting>): Promise<ResultOf<typeof getSetting>> {
    const tenantId = this.service.placeOf(caller, query.tenant_id);
    return Promise.resolve(this.view(this.service.definition(params.key), tenantId));
  }

  @Endpoint(putSetting)
  put(@Call() call: CallOf<typeof putSetting>): Promise<ResultOf<typeof putSetting>> {
    return this.change(call, call.body.value);
  }

  @Endpoint(settingHistory)
  async history(@Call() call: CallOf<typeof settingHistory>): Promise<ResultOf<typeof settingHistory>> {
    const tenantId = this.service.placeOf(call.caller, call.query.tenant_id);
    const versions = (await this.service.history(call.params.key, tenantId)).map(versionView);
    return cut(call.page.order === 'asc' ? versions.reverse() : versions, call.page);
  }

  @Endpoint(restoreSetting)
  async restore(@Call() call: CallOf<typeof restoreSetting>): Promise<ResultOf<typeof restoreSetting>> {
    const tenantId = this.service.placeOf(call.caller, call.body.tenant_id);
    return this.change(call, await this.service.valueAt(call.params.key, tenantId, call.body.version));
  }

  private async change(
    call: CallOf<typeof putSetting> | CallOf<typeof restoreSetting>,
    value: unknown,
  ): Promise<Setting> {
    const { body, caller, params } = call;
    const definition = this.service.definition(params.key);
    const tenantId = this.service.placeOf(caller, body.tenant_id);
    const before = this.view(definition, tenantId);
    const reason = body.reason ?? null;
    const expectedVersion = body.expected_version ?? null;
    await this.service.change(caller, params.key, { value, tenantId, reason, expectedVersion });
    const after = this.view(definition, tenantId);
    call.note({ before, after, reason, ...(tenantId === null ? {} : { tenantId }) });
    return after;
  }

  private view(definition: SettingDefinition, tenantId: TenantId | null): Setting {
    const { key, description, perTenant } = definition;
    const own = this.settings.versionOf(key, tenantId);
    const installation = this.settings.versionOf(key, null);
    const source =
      tenantId !== null && own?.value != null ? 'tenant' : installation?.value != null ? 'installation' : 'default';
    return {
      key,
      description,
      tenant_id: tenantId,
      per_tenant: perTenant,
      default: this.settings.defaultOf(definition) as Setting['default'],
      value: this.settings.find(definition, tenantId) as Setting['value'],
      source,
      version: own?.version ?? 0,
      changed_by: own === null ? null : { client_id: own.changedBy, name: own.changedByName },
      changed_at: own?.changedAt ?? null,
    };
  }
}

const cut = <T>(items: readonly T[], { limit, offset }: PageQuery): Page<T> => ({
  items: items.slice(offset, offset + limit),
  total: items.length,
  nextCursor: null,
});
const versionView = (version: SettingVersion) => ({
  version: version.version,
  value: version.value as Setting['value'],
  changed_by: { client_id: version.changedBy, name: version.changedByName },
  changed_at: version.changedAt,
  reason: version.reason,
});
