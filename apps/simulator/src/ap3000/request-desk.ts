import { encodeFrame } from '@chargebus/protocol-ap3000';
import type { EncodableFields, FieldsOf, UpCommand } from '@chargebus/protocol-ap3000';
import type { Clock, Timer } from '../core/clock';
import type { Faults } from '../core/faults';
import type { Random } from '../core/random';
import type { Statistics } from '../core/statistics';

export const REPLY_TIMEOUT_MS = 15_000;
/** However fast device time runs, the platform gets this long, in real milliseconds. */
const LEAST_PATIENCE_REAL_MS = 1000;
const DUPLICATE_AFTER_REAL_MS = 100;

export interface RequestOptions<C extends UpCommand> {
  readonly onAnswer?: (fields: FieldsOf<'down', C>) => void;
  /** Given up: after the retransmissions, or because the connection went. */
  readonly onSilence?: () => void;
  readonly retransmissions?: number;
}

const ignore = (): void => undefined;

interface Pending {
  readonly command: string;
  readonly messageId: number;
  readonly frame: Uint8Array;
  readonly onAnswer: (fields: unknown) => void;
  readonly onSilence: () => void;
  left: number; // retransmissions
  timer: Timer;
}

export interface DeskContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly faults: Faults;
  readonly physicalId: string;
  send(frame: Uint8Array): boolean;
}

/**
 * What one role of one physical id asks the platform (§5): own message ids, one retransmission with the same id after
 * 15 s. A combined host has two desks under one physical id.
 */
export class RequestDesk {
  private messageId: number;
  private readonly pending: Pending[] = [];

  constructor(private readonly context: DeskContext) {
    this.messageId = context.random.integer(0, 0xffff);
  }

  /** Sends a frame that nobody answers. False: not connected. */
  tell<C extends UpCommand>(command: C, fields: EncodableFields<'up', C>): boolean {
    return this.context.send(this.encode(this.nextId(), command, fields));
  }

  /** Sends a request and minds its answer. Not connected counts as silence. */
  ask<C extends UpCommand>(command: C, fields: EncodableFields<'up', C>, options: RequestOptions<C> = {}): void {
    const { clock, faults, statistics } = this.context;
    const messageId = this.nextId();
    const frame = this.encode(messageId, command, fields);
    const pending: Pending = {
      command,
      messageId,
      frame,
      onAnswer: (options.onAnswer ?? ignore) as (fields: unknown) => void, // `answered` matched the command
      onSilence: options.onSilence ?? ignore,
      left: options.retransmissions ?? 1,
      timer: this.expect(() => {
        this.onTimeout(pending);
      }),
    };
    this.pending.push(pending); // before it is sent: the answer may come while we are still sending
    if (!this.context.send(frame)) {
      this.close(pending);
      pending.onSilence();
      return;
    }
    statistics.requests += 1;
    if (faults.strikes('duplicateRequests'))
      clock.after(clock.fromReal(DUPLICATE_AFTER_REAL_MS), () => this.context.send(frame));
  }

  /** False: an answer to nothing that is open here. */
  answered(command: string, messageId: number, fields: unknown): boolean {
    const pending = this.pending.find((each) => each.command === command && each.messageId === messageId);
    if (pending === undefined) return false;
    if (this.context.faults.strikes('ignoreAnswers')) return true;
    this.close(pending);
    this.context.statistics.answers += 1;
    pending.onAnswer(fields);
    return true;
  }

  /** The connection is gone: nothing asked on it will be answered. */
  abandon(): void {
    for (const { timer, onSilence } of this.pending.splice(0)) {
      timer.cancel();
      onSilence();
    }
  }

  encode<C extends UpCommand>(messageId: number, command: C, fields: EncodableFields<'up', C>): Uint8Array {
    return encodeFrame({ physicalId: this.context.physicalId, messageId, command, direction: 'up', fields });
  }

  /** The id that the next request carries; never 0. */
  nextId(): number {
    this.messageId = this.messageId >= 0xffff ? 1 : this.messageId + 1;
    return this.messageId;
  }

  private onTimeout(pending: Pending): void {
    if (pending.left > 0) {
      pending.left -= 1;
      this.context.statistics.retransmissions += 1;
      this.context.send(pending.frame);
      pending.timer = this.expect(() => {
        this.onTimeout(pending);
      });
      return;
    }
    this.close(pending);
    this.context.statistics.unanswered += 1;
    pending.onSilence();
  }

  private close(pending: Pending): void {
    pending.timer.cancel();
    this.pending.splice(this.pending.indexOf(pending), 1);
  }

  private expect(task: () => void): Timer {
    const { clock } = this.context;
    return clock.after(Math.max(REPLY_TIMEOUT_MS, clock.fromReal(LEAST_PATIENCE_REAL_MS)), task);
  }
}
