import { DeviceId } from '@chargebus/domain';
import { ALL_CLAIMS, claimSubject } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { NatsConnection } from '@nats-io/nats-core';
import { z } from 'zod';
import { readJson } from '../read-json';
import type { Claim } from './decide-claim';

const Announcement = z.object({ deviceId: DeviceId, instance: z.string(), atMs: z.number() });

/** Tells the other replicas which devices came here, and hears which of ours went there. Core NATS: nothing is kept. */
export class Claims {
  constructor(
    private readonly nc: Pick<NatsConnection, 'publish' | 'subscribe'>,
    private readonly instance: string,
    private readonly logger: Logger,
  ) {}

  announce(deviceId: DeviceId, atMs: number): void {
    const announcement: z.infer<typeof Announcement> = { deviceId, instance: this.instance, atMs };
    this.nc.publish(claimSubject(deviceId), JSON.stringify(announcement));
  }

  listen(heard: (deviceId: DeviceId, claim: Claim) => void): void {
    this.nc.subscribe(ALL_CLAIMS, {
      callback: (error, message) => {
        if (error !== null) {
          this.logger.error({ err: error }, 'claims cannot be heard');
          return;
        }
        const parsed = Announcement.safeParse(readJson(message));
        if (!parsed.success) this.logger.warn({ err: parsed.error, subject: message.subject }, 'unreadable claim');
        else if (parsed.data.instance !== this.instance) heard(parsed.data.deviceId, parsed.data);
      },
    });
  }
}
