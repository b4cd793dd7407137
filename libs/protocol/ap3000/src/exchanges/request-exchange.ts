import type { CommandOutcome } from '@chargebus/domain';
import type { Decoded, Exchange, ExchangeStep } from '@chargebus/protocol-core';
import type { DownCommand, EncodableFields } from '../commands/command-table';
import { encodeFrame } from '../frame';
import type { Ap3000Frame } from '../frame';
import type { Link } from './link';

/** Both specs: an answer takes 15 s at most, and one retransmission is allowed. Page §5.3. */
export const REPLY_TIMEOUT_MS = 15_000;

/** What a frame means for the request: it is over, another request follows, or null: none of its business. */
export type Verdict = CommandOutcome | Request | null;

/** What is left to do when every send went unanswered. */
export interface Silence {
  readonly outcome: CommandOutcome;
  readonly send: readonly Uint8Array[];
}
/** One frame that waits for its answer. */
export interface Request {
  readonly command: DownCommand;
  readonly fields: Readonly<Record<string, unknown>>;
  /** How often it may be sent again; 0 for what must not happen twice (page §10). */
  readonly resends: number;
  readonly waitMs: number;
  /** `isReply`: it carries the request's command and message id. */
  judge(frame: Ap3000Frame, isReply: boolean): Verdict;
  /** Before each send, the first included. */
  onSend?(messageId: number): void;
  /** Every send went unanswered. The default says so and sends nothing. */
  onSilence?(): Silence;
  /** The connection ended while it waited. The default is silence. */
  onClosed?(): CommandOutcome;
}
/** Names what a request is, checks at once that its fields fit the wire (RangeError otherwise). */
export function request<C extends DownCommand>(
  command: C,
  fields: EncodableFields<'down', C>,
  rest: Pick<Request, 'judge'> & Partial<Pick<Request, 'resends' | 'waitMs' | 'onSend' | 'onSilence' | 'onClosed'>>,
): Request {
  encodeFrame({ physicalId: '00000000', messageId: 1, command, direction: 'down', fields });
  return { command, fields, resends: 1, waitMs: REPLY_TIMEOUT_MS, ...rest };
}

/** Sends, sends the same bytes again after a silence, judges what comes back; request after request. */
export class RequestExchange implements Exchange<Ap3000Frame> {
  private messageId = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private sends = 0;

  constructor(
    private readonly link: Link,
    private current: Request,
  ) {}

  start(): ExchangeStep {
    const { device, deviceId: physicalId } = this.link;
    const { command, fields } = this.current;
    device.releaseMessageId(this.messageId);
    this.messageId = device.nextMessageId();
    device.holdMessageId(this.messageId);
    const { messageId } = this;
    this.bytes = encodeFrame({ physicalId, messageId, command, direction: 'down', fields });
    this.sends = 0;
    return this.send();
  }

  onFrame(decoded: Decoded<Ap3000Frame>): ExchangeStep | null {
    if (!decoded.ok) return null;
    const { frame } = decoded;
    const isReply = frame.messageId === this.messageId && frame.command === this.current.command;
    const verdict = this.current.judge(frame, isReply);
    if (verdict === null) return null;
    if ('status' in verdict) return this.finish(verdict);
    this.current = verdict;
    return this.start();
  }

  onTimeout(): ExchangeStep {
    if (this.sends <= this.current.resends) return this.send();
    const silence: Silence = this.current.onSilence?.() ?? { outcome: { status: 'no_reply' }, send: [] };
    return { ...this.finish(silence.outcome), send: silence.send };
  }

  onClosed(): CommandOutcome {
    return this.current.onClosed?.() ?? { status: 'no_reply' };
  }

  private send(): ExchangeStep {
    this.sends++;
    this.current.onSend?.(this.messageId);
    return { send: [this.bytes], waitMs: this.current.waitMs };
  }
  private finish(outcome: CommandOutcome): ExchangeStep {
    this.link.device.releaseMessageId(this.messageId);
    return { finish: outcome };
  }
}
