import type { CommandOutcome } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Decoded, Exchange, ExchangeStep } from '@chargebus/protocol-core';
import type { DownCommand, EncodableFields, LooseFields } from '../commands/command-table';
import { encodeFrame } from '../frame';
import type { YkcFrame } from '../frame';
import type { Link } from './link';

/** §5.5: nothing is stated; the page's choice. */
export const REPLY_TIMEOUT_MS = 10_000;

/** It is over, another request follows, the wait (from the last write) changes, or null: none of its business. */
export type Verdict = CommandOutcome | Request | { readonly keepWaitingMs: number } | null;
/** What is left to do when nothing more came. */
export interface Silence {
  readonly outcome: CommandOutcome;
  readonly send?: readonly OutFrame[];
  readonly facts?: readonly ProtocolEvent[];
}
export interface OutFrame {
  readonly command: DownCommand;
  readonly fields: LooseFields;
}
/** Frames that wait for their answers. */
export interface Request {
  readonly frames: readonly OutFrame[];
  /** How often they may be sent again, as the same bytes; 0 for what must not happen twice. */
  readonly resends: number;
  readonly waitMs: number;
  judge(frame: YkcFrame): Verdict;
  /** Before the first send. */
  onStart?(): readonly ProtocolEvent[];
  onSilence?(nowMs: number): Silence;
  /** The connection ended while it waited. */
  onClosed?(): CommandOutcome;
}

export const frame = <C extends DownCommand>(command: C, fields: EncodableFields<'down', C>): OutFrame => {
  encodeFrame({ messageId: 0, command, direction: 'down', fields }); // RangeError at once for what does not fit
  return { command, fields };
};
export const request = (frames: readonly OutFrame[], rest: Pick<Request, 'judge'> & Partial<Request>): Request => ({
  resends: 1,
  waitMs: REPLY_TIMEOUT_MS,
  ...rest,
  frames,
});

/**
 * Sends, sends the same bytes again after a silence, judges what comes back; request after request. Piles answer with
 * sequences of their own, so an answer is known by its type and what it names (§2.4); a pile has one order at a time.
 */
export class RequestExchange implements Exchange<YkcFrame> {
  private bytes: readonly Uint8Array[] = [];
  private sends = 0;
  private isPatient = false; // was told to wait on: nothing is sent again
  private isHeld = false; // the pile has just logged in

  constructor(
    private readonly link: Link,
    private current: Request,
  ) {}

  start(nowMs: number): ExchangeStep {
    const leftMs = this.link.pile.settlesAtMs - nowMs;
    this.isHeld = leftMs > 0;
    return this.isHeld ? { waitMs: leftMs } : this.begin();
  }

  private begin(): ExchangeStep {
    this.isHeld = false;
    this.bytes = this.current.frames.map((out) => this.encode(out));
    this.sends = 0;
    this.isPatient = false;
    return { ...this.send(), facts: this.current.onStart?.() ?? [] };
  }

  onFrame(decoded: Decoded<YkcFrame>): ExchangeStep | null {
    if (this.isHeld) return this.link.pile.settlesAtMs === 0 ? this.begin() : null;
    if (!decoded.ok) return null;
    const verdict = this.current.judge(decoded.frame);
    if (verdict === null) return null;
    if ('status' in verdict) return { finish: verdict };
    if ('keepWaitingMs' in verdict) {
      this.isPatient = true;
      return { waitMs: verdict.keepWaitingMs };
    }
    this.current = verdict;
    return this.begin();
  }

  onTimeout(nowMs: number): ExchangeStep {
    if (this.isHeld) return this.begin();
    if (!this.isPatient && this.sends <= this.current.resends) return this.send();
    const { outcome, send = [], facts = [] } = this.current.onSilence?.(nowMs) ?? { outcome: { status: 'no_reply' } };
    return { finish: outcome, facts, send: send.map((out) => this.encode(out)) };
  }

  onClosed(): CommandOutcome {
    return this.current.onClosed?.() ?? { status: 'no_reply' };
  }

  private send(): ExchangeStep {
    this.sends++;
    return { send: this.bytes, waitMs: this.current.waitMs };
  }
  private encode({ command, fields }: OutFrame): Uint8Array {
    const { nextSequence, pile } = this.link;
    const envelope = { crcOrder: pile.crcOrder };
    return encodeFrame({ messageId: nextSequence(), command, direction: 'down', fields: fields as never, envelope });
  }
}

export const acked = (result: LooseFields = {}): CommandOutcome => ({ status: 'acked', result });
export const rejected = (reason: string): CommandOutcome => ({ status: 'rejected', reason });
