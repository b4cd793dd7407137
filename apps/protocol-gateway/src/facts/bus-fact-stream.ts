import { partSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { BusWatch } from '../bus-watch';
import type { FactStream } from './fact-publisher';

const ACK_TIMEOUT_MS = 5_000;

/** Stream DEVICE. While NATS is away nothing is handed to its client, which would only lose it. */
export class BusFactStream implements FactStream {
  constructor(
    private readonly bus: Bus,
    private readonly watch: BusWatch,
  ) {}

  async publish(part: number, payload: string, messageId: string): Promise<void> {
    if (!this.watch.connected) await this.watch.reconnected();
    await this.watch.unlessLost(
      this.bus.js.publish(partSubject(part), payload, { msgID: messageId, timeout: ACK_TIMEOUT_MS }),
    );
  }
}
