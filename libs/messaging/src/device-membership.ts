import { ANY_DEVICE } from '@chargebus/domain';
import type { DeviceFilter, DeviceId } from '@chargebus/domain';
import { SelectDevices } from '@chargebus/requests';
import type { Audience } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { Bus } from './bus';

const ASKED_AT_ONCE = 2_000; // what SelectDevices takes

/** Core subject: the register of devices was changed, so that filters may mean others than before. */
const REGISTER_CHANGED = 'cb.device.register_changed';

/** For who changes the register, after the commit. */
export const tellRegisterChanged = (bus: Pick<Bus, 'nc'>): void => {
  bus.nc.publish(REGISTER_CHANGED);
};

export interface MembershipOptions {
  readonly ttlMs: number; // a device that joins or leaves is noticed this much later at most, should word of it get lost
  readonly maxEntries: number;
}
/** Answers that hold as long as the register is what it was. */
interface Memory {
  readonly known: LRUCache<string, boolean>;
  generation: number;
}

/**
 * Which of some devices a filter means, for those who see events go by: asked of `session` in batches and remembered
 * until the register changes, members and strangers alike.
 */
export class DeviceMembership {
  private readonly memory: Memory;

  constructor(
    private readonly bus: Pick<Bus, 'ask' | 'nc'>,
    { ttlMs, maxEntries }: MembershipOptions,
  ) {
    this.memory = { known: new LRUCache({ max: maxEntries, ttl: ttlMs }), generation: 0 };
    bus.nc.subscribe(REGISTER_CHANGED, {
      callback: () => {
        this.memory.known.clear();
        this.memory.generation += 1;
      },
    });
  }

  of(audience: Audience, filter: DeviceFilter): DeviceSelection {
    return new DeviceSelection(this.bus, this.memory, audience, filter);
  }
}

/** One filter for one audience. Selections that mean the same share what is remembered. */
export class DeviceSelection {
  private readonly key: string;
  private readonly named: ReadonlySet<DeviceId> | null;
  private readonly filter: DeviceFilter;
  /** Nothing but named devices: nobody has to be asked. */
  private readonly selfEvident: boolean;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly memory: Memory,
    private readonly audience: Audience,
    filter: DeviceFilter,
  ) {
    const { deviceIds, ...rest } = filter;
    this.named = deviceIds === null ? null : new Set(deviceIds);
    this.filter = { ...rest, deviceIds: null };
    this.selfEvident = audience.within == null && sameFilter(this.filter, ANY_DEVICE);
    this.key = JSON.stringify([audience.tenantId, audience.within ?? null, this.filter]);
  }

  /** Throws SERVICE_UNAVAILABLE, SERVICE_TIMEOUT. */
  async membersAmong(ids: Iterable<DeviceId>): Promise<ReadonlySet<DeviceId>> {
    const candidates = [...new Set(ids)].filter((id) => this.named?.has(id) ?? true);
    if (this.selfEvident) return new Set(candidates);
    const { known } = this.memory;
    const unknown = candidates.filter((id) => known.get(this.entry(id)) === undefined);
    const members = new Set(candidates.filter((id) => known.get(this.entry(id)) === true));
    for (let at = 0; at < unknown.length; at += ASKED_AT_ONCE)
      for (const id of await this.learn(unknown.slice(at, at + ASKED_AT_ONCE))) members.add(id);
    return members;
  }

  /** An answer that a change has overtaken is good for those who asked before it, and is not remembered. */
  private async learn(ids: readonly DeviceId[]): Promise<ReadonlySet<DeviceId>> {
    const { known, generation } = this.memory;
    const found = await this.ask(ids);
    if (generation === this.memory.generation) for (const id of ids) known.set(this.entry(id), found.has(id));
    return found;
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
