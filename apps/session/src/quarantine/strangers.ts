import type { DeviceId, DeviceRecord, TenantId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { QuarantineRepository, RegistryRepository, Sighting } from '@chargebus/persistence/session';
import { blankDevice, blankProfile } from '../devices/new-device';

/** The fault by which a driver says that several devices may present this id: such an id is never bound by itself. */
const AMBIGUOUS = 'duplicate_factory_id';

/** Devices that are in nobody's registry: kept apart with what they said, or, in development, adopted at once. */
export class Strangers {
  constructor(
    private readonly quarantine: QuarantineRepository,
    private readonly registry: RegistryRepository,
    private readonly adoptInto: TenantId | null,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {}

  /** Takes what strangers said; returns those that are strangers no more, whose facts the caller handles. */
  async receive(facts: readonly ProtocolEvent[]): Promise<readonly DeviceId[]> {
    const sightings = toSightings(facts);
    const adopted: DeviceId[] = [];
    for (const sighting of sightings) {
      if (this.adoptInto === null || sighting.reason === AMBIGUOUS) continue;
      const { adoptInto } = this;
      const { deviceId } = sighting;
      const device = adoptedDevice(sighting, adoptInto, this.now());
      const before = blankProfile(deviceId, adoptInto);
      const added = await this.registry.add({ tenantId: adoptInto }, [{ device, before, change: {} }]);
      if (added.has(deviceId)) this.logger.info({ deviceId }, 'device adopted');
      adopted.push(sighting.deviceId);
    }
    const strange = sightings.filter(({ deviceId }) => !adopted.includes(deviceId));
    if (strange.length > 0) await this.quarantine.keep(strange);
    return adopted;
  }
}

function adoptedDevice(sighting: Sighting, tenantId: TenantId, nowMs: number): DeviceRecord {
  return { ...blankDevice(sighting.deviceId, tenantId, nowMs), protocol: sighting.protocol };
}

function toSightings(facts: readonly ProtocolEvent[]): readonly Sighting[] {
  const byDevice = new Map<DeviceId, ProtocolEvent[]>();
  for (const fact of facts) {
    const group = byDevice.get(fact.deviceId);
    if (group === undefined) byDevice.set(fact.deviceId, [fact]);
    else group.push(fact);
  }
  return [...byDevice].map(([deviceId, group]) => {
    const connected = group.findLast((fact) => fact.type === 'device.connected');
    const registered = group.findLast((fact) => fact.type === 'device.registered');
    const ambiguous = group.some((fact) => fact.type === 'device.fault' && fact.token === AMBIGUOUS);
    return {
      deviceId,
      protocol: connected?.protocol ?? registered?.protocol ?? null,
      remoteAddress: connected?.remoteAddress ?? null,
      reason: ambiguous ? AMBIGUOUS : 'unregistered',
      lastSeenAtMs: Math.max(...group.map((fact) => Date.parse(fact.at))),
      facts: group,
    };
  });
}
