import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As proxies write it down: the caller went before it had the whole answer. */
const CLOSED_BY_CALLER = 499;
const BROKEN_BY_US = 500;

export interface CallEnd {
  /** What the log says of it: the answer's status, or that the answer did not arrive whole. */
  readonly status: number;
  readonly durationMs: number;
  readonly failure: Error | null; // why the answer broke off, where that is our fault
}
export const isLiveStream = ({ exchange }: FastifyRequest): boolean => exchange.route?.produces === 'text/event-stream';

/**
 * Tells once that a call is over on both sides: its handler has answered, and the answer was taken or its connection is
 * gone. The framework's own hook hears only of answers that were taken whole, and a caller that hangs up would keep its
 * place for ever. Who hangs up early gives the place back when the work for it is done.
 */
export class CallWatch {
  private readonly startedMs = performance.now();
  private answered = false;
  private closed = false;
  private failure: Error | null = null;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly ended: (end: CallEnd) => void,
  ) {
    reply.raw.once('close', () => {
      this.closed = true;
      if (this.answered) this.end();
    });
  }

  /** The handler's answer is about to be sent. */
  answers(payload: unknown): void {
    if (payload instanceof Readable)
      payload.once('error', (error) => {
        this.failure = error;
      });
    if (this.answered) return; // the error filter answers in place of an answer that could not be sent
    this.answered = true;
    if (this.closed) this.end();
  }

  private end(): void {
    const { raw, statusCode } = this.reply;
    const whole = raw.writableFinished || isLiveStream(this.request); // which has no end that could be missed
    const failure = whole ? null : this.failure;
    const broken = failure === null ? CLOSED_BY_CALLER : BROKEN_BY_US;
    this.ended({ status: whole ? statusCode : broken, durationMs: performance.now() - this.startedMs, failure });
  }
}
