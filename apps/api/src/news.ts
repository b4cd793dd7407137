import { iamChangedSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';

export type Topic = 'clients' | 'roles' | 'settings' | 'devices';

/**
 * Lets every replica read anew what one of them has changed. A replica that misses the message reads anew when what it
 * remembers grows old.
 */
export class News {
  private readonly listeners = new Map<Topic, (() => void)[]>();

  constructor(private readonly bus: Pick<Bus, 'nc'>) {}

  on(topic: Topic, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
    this.bus.nc.subscribe(iamChangedSubject(topic), { callback: listener });
  }

  /** Here at once, elsewhere soon. */
  tell(topic: Topic): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
    this.bus.nc.publish(iamChangedSubject(topic));
  }
}
