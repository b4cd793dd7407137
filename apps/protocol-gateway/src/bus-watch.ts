import type { NatsConnection } from '@nats-io/nats-core';
import type { Clock } from './clock';

/** Whether NATS can be reached now. Tells those who wait the moment that changes, rather than after their timeouts. */
export class BusWatch {
  private isConnected = true;
  private lostAtMs = 0;
  private readonly onReconnect = new Set<(lostAtMs: number) => void>();
  private readonly onLoss = new Set<(error: Error) => void>();

  constructor(
    nc: Pick<NatsConnection, 'status'>,
    private readonly clock: Pick<Clock, 'nowMs'>,
  ) {
    void this.follow(nc);
  }

  get connected(): boolean {
    return this.isConnected;
  }

  /** Resolves at the next reconnect. */
  reconnected(): Promise<void> {
    return new Promise((resolve) => {
      const tell = (): void => {
        this.onReconnect.delete(tell);
        resolve();
      };
      this.onReconnect.add(tell);
    });
  }

  /** Calls `tell` at every reconnect, with the time of the loss, for as long as the process lives. */
  whenReconnected(tell: (lostAtMs: number) => void): void {
    this.onReconnect.add(tell);
  }

  /** What the question resolves to; rejects at once when the connection that carried it is lost. */
  async unlessLost<T>(question: Promise<T>): Promise<T> {
    let giveUp: ((error: Error) => void) | undefined;
    const lost = new Promise<never>((_, reject) => {
      giveUp = reject;
      this.onLoss.add(reject);
    });
    try {
      return await Promise.race([question, lost]);
    } finally {
      if (giveUp !== undefined) this.onLoss.delete(giveUp);
    }
  }

  private async follow(nc: Pick<NatsConnection, 'status'>): Promise<void> {
    for await (const { type } of nc.status()) {
      if (type === 'disconnect') {
        if (this.isConnected) this.lostAtMs = this.clock.nowMs();
        this.isConnected = false;
        for (const giveUp of [...this.onLoss]) giveUp(new Error('connection to NATS lost'));
      } else if (type === 'reconnect') {
        this.isConnected = true;
        for (const tell of [...this.onReconnect]) tell(this.lostAtMs);
      }
    }
  }
}
