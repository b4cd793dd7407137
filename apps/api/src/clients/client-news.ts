import type { Bus } from '@chargebus/messaging';
import type { ClientDirectory } from '../auth/client-directory';

const SUBJECT = 'cb.iam.clients.changed';

/**
 * Lets every replica forget what it remembers of clients as soon as one is disabled or re-keyed. A replica that misses
 * the message forgets after CLIENT_CACHE_MS.
 */
export class ClientNews {
  constructor(
    private readonly bus: Bus,
    private readonly directory: ClientDirectory,
  ) {
    bus.nc.subscribe(SUBJECT, {
      callback: () => {
        directory.forgetAll();
      },
    });
  }

  changed(): void {
    this.directory.forgetAll();
    this.bus.nc.publish(SUBJECT);
  }
}
