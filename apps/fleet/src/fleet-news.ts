import { AppError } from '@chargebus/errors';
import { DeviceUpgradeProgress } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { AnnounceDeviceEvent } from '@chargebus/requests';
import { mayPass } from './lease-worker';

/**
 * Where this app's outbox leads: to the stream, or by way of `session` where a device is concerned, which gives all events
 * of a device their one order. Throws what may pass; the outbox tries again.
 */
export class FleetNews {
  constructor(
    private readonly bus: Pick<Bus, 'ask' | 'publishEvents'>,
    private readonly logger: Logger,
  ) {}

  async publishEvents(events: readonly EventEnvelope[]): Promise<void> {
    const devices = new Map<string, DeviceUpgradeProgress[]>();
    for (const event of events.filter(isProgress)) {
      const { deviceId } = event;
      if (deviceId !== null) devices.set(deviceId, [...(devices.get(deviceId) ?? []), event]);
    }
    await Promise.all([
      this.bus.publishEvents(events.filter((event) => !isProgress(event))),
      ...[...devices.values()].map((mine) => this.inTurn(mine)),
    ]);
  }

  private async inTurn(events: readonly DeviceUpgradeProgress[]): Promise<void> {
    for (const event of events) await this.announce(event);
  }

  private async announce({ id, type, tenantId, deviceId, occurredAt, data }: DeviceUpgradeProgress): Promise<void> {
    if (deviceId === null) return;
    try {
      await this.bus.ask(AnnounceDeviceEvent, { tenantId, deviceId, causeId: id, occurredAt, type, data });
    } catch (error) {
      if (!(error instanceof AppError) || mayPass(error)) throw error;
      this.logger.warn({ err: error, eventId: id, deviceId }, 'step of an upgrade is not announced'); // the device is gone
    }
  }
}

const isProgress = (event: EventEnvelope): event is DeviceUpgradeProgress => event.type === DeviceUpgradeProgress.type;
