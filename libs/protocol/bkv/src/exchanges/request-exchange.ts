import type { CommandOutcome } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Decoded, Exchange, ExchangeStep } from '@chargebus/protocol-core';
import type { DownCommand, EncodableFields } from '../commands/command-table';
import { encodeFrame } from '../frame';
import type { BkvFrame } from '../frame';
import type { Link } from './link';

/** Page §8: queries, parameters and orders. */
export const REPLY_TIMEOUT_MS = 10_000;

/** What a frame means for the request: it is over, another request follows, or null: none of its business. */
export type Verdict = CommandOutcome | Request | null;

/** One frame that waits for its answer. */
export interface Request {
  readonly command: DownCommand;
  readonly fields: Readonly<Record<string, unknown>>;
  /** How often it may be sent again, each time with a new serial; 0 for starts. */
  readonly resends: number;
  readonly waitMs: number;
  /** `isReply`: it carries the command and one of the serials that were sent. */
  judge(frame: BkvFrame, isReply: boolean): Verdict;
  /** Before each send, the first included. */
  onSend?(serial: number): void;
  /** Every send went unanswered. The default is no reply. */
  onSilence?(): CommandOutcome | Request;
  /** With the end of a request that was carried out: frames that follow, and what is to be told. */
  onDone?(): { readonly send: readonly Uint8Array[] };
  /** What is told when it begins and ends. */
  tells?(moment: 'start' | 'done', nowMs: number): readonly ProtocolEvent[];
}
/** Names what a request is, checks at once that its fields fit the wire (RangeError otherwise). */
export function request<C extends DownCommand>(
  command: C,
  fields: EncodableFields<C>,
  rest: Pick<Request, 'judge'> & Partial<Omit<Request, 'command' | 'fields' | 'judge'>>,
): Request {
  encodeFrame({ physicalId: '00000000000000', messageId: 1, command, direction: 'down', fields });
  return { command, fields, resends: 1, waitMs: REPLY_TIMEOUT_MS, ...rest };
}

export const acked = (result: Readonly<Record<string, unknown>> = {}): CommandOutcome => ({ status: 'acked', result });
export const rejected = (reason: string): CommandOutcome => ({ status: 'rejected', reason });
export const unsupported = (reason: string): CommandOutcome => ({ status: 'unsupported', reason });

/** Done or refused, as the one result of the reply says. */
export const byResult =
  (reason: string, result: (frame: BkvFrame) => Readonly<Record<string, unknown>> = () => ({})) =>
  (frame: BkvFrame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    return frame.fields.ok === true ? acked(result(frame)) : rejected(reason);
  };

/** Sends, sends again after a silence, judges what comes back; request after request. */
export class RequestExchange implements Exchange<BkvFrame> {
  private serials = new Set<number>(); // of the current request
  private sends = 0;

  constructor(
    private readonly link: Link,
    private current: Request,
  ) {}

  start(nowMs: number): ExchangeStep {
    const facts = this.current.tells?.('start', nowMs);
    return { ...this.send(), ...(facts && { facts }) };
  }

  onFrame(decoded: Decoded<BkvFrame>, _at: string, nowMs: number): ExchangeStep | null {
    if (!decoded.ok) return null;
    const { frame } = decoded;
    const isReply = this.serials.has(frame.messageId) && frame.command === this.current.command;
    const verdict = this.current.judge(frame, isReply);
    return verdict === null ? null : this.take(verdict, nowMs);
  }

  onTimeout(nowMs: number): ExchangeStep {
    if (this.sends <= this.current.resends) return this.send();
    return this.take(this.current.onSilence?.() ?? { status: 'no_reply' }, nowMs);
  }

  private take(verdict: CommandOutcome | Request, nowMs: number): ExchangeStep {
    if ('status' in verdict) {
      if (verdict.status !== 'acked') return { finish: verdict };
      const facts = this.current.tells?.('done', nowMs);
      return { finish: verdict, ...this.current.onDone?.(), ...(facts && { facts }) };
    }
    this.current = verdict;
    this.serials = new Set();
    this.sends = 0;
    return this.start(nowMs);
  }

  private send(): ExchangeStep {
    const { device, deviceId: physicalId } = this.link;
    const { command, fields, waitMs } = this.current;
    const messageId = device.nextSerial();
    this.serials.add(messageId);
    this.sends++;
    this.current.onSend?.(messageId);
    return { send: [encodeFrame({ physicalId, messageId, command, direction: 'down', fields })], waitMs };
  }
}
