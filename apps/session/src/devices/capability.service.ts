import type { Capabilities, Capability, DeviceCommandKind, DeviceRecord, Incapabilities } from '@chargebus/domain';
import type { RegistryRepository } from '@chargebus/persistence/session';
import { LRUCache } from 'lru-cache';
import type { ProtocolBook } from './protocol-book';

/** What can be done with a device: by its protocol, less what it or another device of its model turned out to lack. */
export class CapabilityService {
  private readonly models: LRUCache<string, readonly Incapabilities[]>;

  constructor(
    private readonly book: Pick<ProtocolBook, 'find'>,
    private readonly registry: Pick<RegistryRepository, 'incapabilitiesOfModel'>,
    modelTtlMs: number,
  ) {
    this.models = new LRUCache({ max: 10_000, ttl: modelTtlMs });
  }

  /** Null: not known. */
  async of(device: DeviceRecord): Promise<Capabilities | null> {
    const declared = device.protocol === null ? null : await this.book.find(device.protocol);
    if (declared === null) return null;
    return without(declared, device, await this.ofModel(device));
  }

  private async ofModel(device: DeviceRecord): Promise<readonly Incapabilities[]> {
    const { tenantId, protocol, model, firmwareVersion } = device;
    if (model === null) return []; // anything could be of that model
    const key = JSON.stringify([tenantId, protocol, model, firmwareVersion]);
    const known = this.models.get(key);
    if (known !== undefined) return known;
    const found = await this.registry.incapabilitiesOfModel(device);
    this.models.set(key, found);
    return found;
  }
}

/** The device's own experience counts whatever it is of, another's only where it is true of the model. */
export function without(
  declared: Capabilities,
  device: Pick<DeviceRecord, 'incapable'>,
  ofModel: readonly Incapabilities[],
): Capabilities {
  const result: Record<DeviceCommandKind, Capability> = { ...declared };
  const lack = (all: Incapabilities, counts: (of: 'device' | 'model') => boolean): void => {
    for (const [kind, { why, of }] of Object.entries(all))
      if (counts(of)) result[kind as DeviceCommandKind] = { support: 'none', why };
  };
  for (const other of ofModel) lack(other, (of) => of === 'model');
  lack(device.incapable, () => true);
  return result;
}
