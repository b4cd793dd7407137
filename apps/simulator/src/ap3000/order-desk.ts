import type { EncodableFields } from '@chargebus/protocol-ap3000';
import { encodeFrame } from '@chargebus/protocol-ap3000';
import type { Clock } from '../core/clock';
import type { Faults } from '../core/faults';
import type { Random } from '../core/random';
import { ReplyDesk } from '../core/reply-desk';
import { carryOut, NO_ORDER } from './orders';
import type { OrderTarget } from './orders';
import type { Ap3000Settings } from './settings';
import { START_RESULT } from './start-decision';

const REPEAT_WINDOW_MS = 60_000;

export interface OrderDeskContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly settings: Ap3000Settings;
  readonly physicalId: string;
  /** False: not connected, the reply is gone. */
  sendReply(bytes: Uint8Array): boolean;
}

/** Takes the platform's orders, has them carried out and replies, in time or as the faults want it. */
export class OrderDesk {
  private last: { readonly key: string; readonly atMs: number; readonly reply: Uint8Array | null } | null = null;

  private readonly replies: ReplyDesk;

  constructor(private readonly context: OrderDeskContext) {
    this.replies = new ReplyDesk({
      ...context,
      replyDelayMs: context.settings.replyDelayMs,
      sendReply: (bytes) => context.sendReply(bytes),
    });
  }

  /** `keyHex` tells a repeat from a new order. An unknown command is not answered. */
  take(target: OrderTarget, command: string, messageId: number, fields: unknown, keyHex: string): void {
    const { clock, settings } = this.context;
    if (settings.repeatedOrders === 'remembered' && this.repeatLast(keyHex)) return;
    const outcome = carryOut(target, command, fields);
    if (outcome === undefined) return;
    const reply = outcome === null ? null : this.reply(command, messageId, outcome.fields, outcome.then);
    this.last = { key: keyHex, atMs: clock.nowMs(), reply };
  }

  /** The host answers for a slave that it does not hear, and only starts and stops. */
  takeUnheard(command: string, messageId: number): void {
    if (command === '82') this.reply('82', messageId, { result: START_RESULT.noResponse });
  }

  /**
   * An order too short to read. Captured: a server that acknowledged a reply to 82 with another 82 was answered "same
   * state" without an order id, again and again.
   */
  takeUnreadable(command: string, messageId: number): void {
    if (command !== '82') return;
    this.reply('82', messageId, { result: START_RESULT.sameState, orderHex: NO_ORDER, port: 0, waitingPortsMask: 0 });
  }

  private repeatLast(keyHex: string): boolean {
    if (this.last?.key !== keyHex || this.context.clock.nowMs() - this.last.atMs >= REPEAT_WINDOW_MS) return false;
    if (this.last.reply !== null) this.context.sendReply(this.last.reply);
    return true;
  }

  /** Sends the reply after its delay; returns its bytes. `then` runs even if the reply is lost. */
  private reply(
    command: string,
    messageId: number,
    fields: EncodableFields<'up', string>,
    then?: () => void,
  ): Uint8Array {
    const { physicalId } = this.context;
    const frame = encodeFrame({ physicalId, messageId, command, direction: 'up', fields });
    this.replies.reply(frame, then);
    return frame;
  }
}
