import { downSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { DownReply } from '@chargebus/requests';
import type { DownRequest } from '@chargebus/requests';
import { createInbox } from '@nats-io/nats-core';
import type { Msg } from '@nats-io/nats-core';
import type { AttemptEnd } from './decide-next';

const NO_RESPONDERS = 503;

interface Pending {
  readonly replyWindowMs: number;
  readonly onSent: (at: string) => void;
  readonly resolve: (end: AttemptEnd) => void;
  timer: NodeJS.Timeout;
  sends: number;
}

/**
 * Asks the gateway that holds a device to give it an order. One subscription takes the answers to all requests of the
 * process; thousands may be open at once, each costs a timer and a map entry.
 */
export class DeviceLink {
  private readonly pending = new Map<string, Pending>();
  private readonly inbox = createInbox();
  private counter = 0;

  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
    /** Clocks differ and a gateway speaks a little after its deadline; longer silence means that it is gone. */
    private readonly sendGraceMs: number,
  ) {
    bus.nc.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
  }

  /** Resolves when it is known how the attempt ended, or that nobody will say. `onSent` is called at most once. */
  ask(request: DownRequest, replyWindowMs: number, onSent: (at: string) => void): Promise<AttemptEnd> {
    return new Promise((resolve) => {
      const token = (this.counter++).toString(36);
      const untilSent = Date.parse(request.sendBefore) - Date.now() + this.sendGraceMs;
      this.pending.set(token, {
        replyWindowMs,
        onSent,
        resolve,
        sends: 0,
        timer: this.lostAfter(token, untilSent),
      });
      this.bus.nc.publish(downSubject(request.deviceId), JSON.stringify(request), { reply: `${this.inbox}.${token}` });
    });
  }

  private receive(message: Msg): void {
    const token = message.subject.slice(this.inbox.length + 1);
    const pending = this.pending.get(token);
    if (pending === undefined) return; // a second gateway that held the device, or one that answers after its time
    if (message.data.length === 0 && message.headers?.code === NO_RESPONDERS) {
      this.settle(token, { outcome: { status: 'offline' }, sends: 0 });
      return;
    }
    const reply = this.read(message);
    if (reply === null) return;
    if (reply.stage === 'done') {
      this.settle(token, { outcome: reply.outcome, sends: Math.max(reply.sends, pending.sends) });
    } else if (pending.sends === 0) {
      pending.sends = 1;
      clearTimeout(pending.timer);
      pending.timer = this.lostAfter(token, pending.replyWindowMs);
      pending.onSent(reply.at);
    }
  }

  private read(message: Msg): DownReply | null {
    try {
      return DownReply.parse(message.json());
    } catch (error) {
      this.logger.error({ err: error, subject: message.subject }, 'unreadable answer of a gateway');
      return null;
    }
  }

  private lostAfter(token: string, ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.settle(token, { outcome: { status: 'lost' }, sends: this.pending.get(token)?.sends ?? 0 });
    }, ms);
  }

  private settle(token: string, end: AttemptEnd): void {
    const pending = this.pending.get(token);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    this.pending.delete(token);
    pending.resolve(end);
  }

  /** Forgets what is open, unanswered: as in a crash. */
  abandon(): void {
    for (const { timer } of this.pending.values()) clearTimeout(timer);
    this.pending.clear();
  }
}
