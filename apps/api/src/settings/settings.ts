import { SETTINGS } from '@chargebus/domain';
import type { SettingDefinition, TenantId } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import type { SettingRepository, SettingVersion } from '@chargebus/persistence/iam';
import { Ticker } from '@chargebus/runtime';
import type { News } from '../news';

const REFRESH_EVERY_MS = 30_000;
const place = (key: string, tenantId: TenantId | null): string => `${key} ${tenantId ?? ''}`;

/**
 * What the settings are now, in memory: the tenant's value, else the installation's, else the process's configuration or
 * the default. Read at the start, after every change anywhere, and twice a minute.
 */
export class Settings {
  private current: ReadonlyMap<string, SettingVersion> = new Map();
  private readonly ticker: Ticker;

  constructor(
    private readonly repository: Pick<SettingRepository, 'findCurrent'>,
    /** By key, where the process's configuration says what counts until somebody sets it. */
    private readonly configured: Readonly<Record<string, unknown>>,
    private readonly logger: Logger,
    news: Pick<News, 'on'>,
  ) {
    this.ticker = new Ticker('settings', REFRESH_EVERY_MS, logger, () => this.refresh());
    news.on('settings', () => void this.refresh());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    this.ticker.start(REFRESH_EVERY_MS);
  }
  onModuleDestroy(): Promise<void> {
    return this.ticker.stop();
  }

  /** While Postgres is away, what was read last stays. */
  async refresh(): Promise<void> {
    try {
      const versions = await this.repository.findCurrent();
      this.current = new Map(versions.map((version) => [place(version.key, version.tenantId), version]));
    } catch (error) {
      this.logger.warn({ err: error }, 'settings cannot be read');
    }
  }

  /** Null: nobody set it and there is no default. */
  find<T>(definition: SettingDefinition<T>, tenantId: TenantId | null): T | null {
    const { key } = definition;
    const ofTenant = tenantId === null ? null : (this.current.get(place(key, tenantId))?.value ?? null);
    const value = ofTenant ?? this.current.get(place(key, null))?.value ?? this.defaultOf(definition);
    return value as T | null; // was checked when it was set
  }
  get<T>(definition: SettingDefinition<T>, tenantId: TenantId | null): T {
    const value = this.find(definition, tenantId);
    if (value === null) throw new Error(`setting ${definition.key} has no value`);
    return value;
  }

  defaultOf(definition: SettingDefinition): unknown {
    return this.configured[definition.key] ?? definition.fallback;
  }
  /** The newest change, null: never changed. */
  versionOf(key: string, tenantId: TenantId | null): SettingVersion | null {
    return this.current.get(place(key, tenantId)) ?? null;
  }
}

const byKey: ReadonlyMap<string, SettingDefinition> = new Map(
  SETTINGS.map((definition) => [definition.key, definition]),
);
export const settingNamed = (key: string): SettingDefinition | null => byKey.get(key) ?? null;
