import { ANY_DEVICE } from '@chargebus/domain';
import type { DeviceFilter, DeviceId } from '@chargebus/domain';
import { SelectDevices } from '@chargebus/requests';
import type { Audience } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { Bus } from './bus';

const ASKED_AT_ONCE = 2_000; // what SelectDevices takes

export interface MembershipOptions {
  readonly ttlMs: number; // a device that joins or leaves is noticed this much later at most
  readonly maxEntries: number;
}

/**
 * Which of some devices a filter means, for those who see events go by: asked of `session` in batches and remembered for
 * a while, members and strangers alike.
 */
export class DeviceMembership {
  private readonly known: LRUCache<string, boolean>;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    { ttlMs, maxEntries }: MembershipOptions,
  ) {
    this.known = new LRUCache({ max: maxEntries, ttl: ttlMs });
  }

  of(audience: Audience, filter: DeviceFilter): DeviceSelection {
    return new DeviceSelection(this.bus, this.known, audience, filter);
  }
}

/** One filter for one audience. Selections that mean the same share what is remembered. */
export class DeviceSelection {
  private readonly key: string;
  private readonly named: ReadonlySet<DeviceId> | null;
  /** Nothing but named devices: nobody has to be asked. */
  private readonly selfEvident: boolean;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly known: LRUCache<string, boolean>,
    private readonly audience: Audience,
    filter: DeviceFilter,
  ) {
    const { deviceIds, ...rest } = filter;
    this.named = deviceIds === null ? null : new Set(deviceIds);
    this.filter = { ...rest, deviceIds: null };
    this.selfEvident = audience.within == null && sameFilter(this.filter, ANY_DEVICE);
    this.key = JSON.stringify([audience.tenantId, audience.within ?? null, this.filter]);
  }
  private readonly filter: DeviceFilter;

  /** Throws SERVICE_UNAVAILABLE, SERVICE_TIMEOUT. */
  async membersAmong(ids: Iterable<DeviceId>): Promise<ReadonlySet<DeviceId>> {
    const candidates = [...new Set(ids)].filter((id) => this.named?.has(id) ?? true);
    if (this.selfEvident) return new Set(candidates);
    const unknown = candidates.filter((id) => this.known.get(this.entry(id)) === undefined);
    const members = new Set(candidates.filter((id) => this.known.get(this.entry(id)) === true));
    for (let at = 0; at < unknown.length; at += ASKED_AT_ONCE) {
      const asked = unknown.slice(at, at + ASKED_AT_ONCE);
      const found = await this.ask(asked);
      for (const id of asked) this.known.set(this.entry(id), found.has(id));
      for (const id of found) members.add(id);
    }
    return members;
  }

  private async ask(ids: readonly DeviceId[]): Promise<ReadonlySet<DeviceId>> {
    const filter = { ...this.filter, deviceIds: [...ids] };
    const { items } = await this.bus.ask(SelectDevices, {
      ...this.audience,
      filter,
      cursor: null,
      limit: ASKED_AT_ONCE,
    });
    return new Set(items.map(({ deviceId }) => deviceId));
  }

  private entry(id: DeviceId): string {
    return `${this.key}\n${id}`;
  }
}

const sameFilter = (a: DeviceFilter, b: DeviceFilter): boolean => JSON.stringify(a) === JSON.stringify(b);
