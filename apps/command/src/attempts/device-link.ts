import { ALL_CLAIMS, claimSubject, downSubject } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { DownReply } from '@chargebus/requests';
import type { DownRequest } from '@chargebus/requests';
import { createInbox } from '@nats-io/nats-core';
import type { OrderRule } from '../commands/order-rules';
import type { AttemptEnd } from './decide-next';

const NO_RESPONDERS = 503;
/** A gateway that hears that another has its device says at once what became of its orders. */
const CLAIM_GRACE_MS = 1_000;

/** What is needed of a message of NATS. */
export interface Said {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers?: { readonly code: number };
  json(): unknown;
}
/** What is needed of a connection to NATS. */
export interface Wire {
  subscribe(subject: string, options: { callback: (error: Error | null, message: Said) => void }): unknown;
  publish(subject: string, body: string, options: { reply: string }): void;
}
interface Pending {
  readonly claim: string; // the subject on which a gateway claims the device
  readonly rule: OrderRule;
  readonly onSent: (at: string) => void;
  readonly resolve: (end: AttemptEnd) => void;
  timer: NodeJS.Timeout;
  sends: number;
}

/**
 * Asks the gateway that holds a device to give it an order. One subscription takes the answers to all requests of the
 * process; thousands may be open at once, each costs a timer and two map entries.
 */
export class DeviceLink {
  private readonly pending = new Map<string, Pending>();
  private readonly byClaim = new Map<string, Set<string>>();
  private readonly inbox = createInbox();
  private counter = 0;

  constructor(
    private readonly nc: Wire,
    private readonly logger: Logger,
    /** Clocks differ and a gateway speaks a little after its deadline; longer silence means that it is gone. */
    private readonly sendGraceMs: number,
  ) {
    nc.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
    nc.subscribe(ALL_CLAIMS, {
      callback: (error, { subject }) => {
        if (error === null) this.claimed(subject);
      },
    });
  }

  /** Resolves when it is known how the attempt ended, or that nobody will say. `onSent` is called at most once. */
  ask(request: DownRequest, rule: OrderRule, onSent: (at: string) => void): Promise<AttemptEnd> {
    return new Promise((resolve) => {
      const token = (this.counter++).toString(36);
      const claim = claimSubject(request.deviceId);
      const untilSentMs = Date.parse(request.sendBefore) - Date.now() + this.sendGraceMs;
      const timer = this.giveUpAfter(token, untilSentMs, 'lost');
      this.pending.set(token, { claim, rule, onSent, resolve, sends: 0, timer });
      this.byClaim.set(claim, (this.byClaim.get(claim) ?? new Set()).add(token));
      this.nc.publish(downSubject(request.deviceId), JSON.stringify(request), { reply: `${this.inbox}.${token}` });
    });
  }

  private receive(message: Said): void {
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
      this.rearm(token, pending, pending.rule.replyWindowMs, 'lost');
      pending.onSent(reply.at);
    }
  }

  /**
   * The device is on a new connection. A gateway that lives has then said what became of the orders on the old one; a
   * dead one never will, so what may be repeated is asked again instead of waited for. A gateway that has the order
   * after all, waiting for its turn, gives it once and answers the later asker.
   */
  private claimed(subject: string): void {
    for (const token of this.byClaim.get(subject) ?? []) {
      const pending = this.pending.get(token);
      if (pending?.rule.repeatable === true) this.rearm(token, pending, CLAIM_GRACE_MS, 'moved');
    }
  }

  private read(message: Said): DownReply | null {
    try {
      return DownReply.parse(message.json());
    } catch (error) {
      this.logger.error({ err: error, subject: message.subject }, 'unreadable answer of a gateway');
      return null;
    }
  }

  private rearm(token: string, pending: Pending, ms: number, status: 'lost' | 'moved'): void {
    clearTimeout(pending.timer);
    pending.timer = this.giveUpAfter(token, ms, status);
  }

  private giveUpAfter(token: string, ms: number, status: 'lost' | 'moved'): NodeJS.Timeout {
    return setTimeout(() => {
      this.settle(token, { outcome: { status }, sends: this.pending.get(token)?.sends ?? 0 });
    }, ms);
  }

  private settle(token: string, end: AttemptEnd): void {
    const pending = this.pending.get(token);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    this.pending.delete(token);
    const sameDevice = this.byClaim.get(pending.claim);
    sameDevice?.delete(token);
    if (sameDevice?.size === 0) this.byClaim.delete(pending.claim);
    pending.resolve(end);
  }

  /** Forgets what is open, unanswered: as in a crash. */
  abandon(): void {
    for (const { timer } of this.pending.values()) clearTimeout(timer);
    this.pending.clear();
    this.byClaim.clear();
  }
}
