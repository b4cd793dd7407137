import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, Instant } from '@chargebus/domain';
import type { Decoded, Exchange, ExchangeStep } from '@chargebus/protocol-core';
import { done, NO_REPLY, outcomeOfError, rejected } from './ask';
import type { Ask, Moment, Turn, Wait } from './ask';
import type { OcppFrame } from './frame';
import type { Opening, StationCall } from './version';

/** What an exchange needs of its connection. */
export interface Line {
  /** Puts a CALL into bytes and waits for its answer; null: our payload is against the schema. */
  call(action: string, payload: object, nowMs: number): Uint8Array | null;
  /** The answer did not come in time; it may come later. */
  giveUp(nowMs: number): void;
  asStationCall(frame: Extract<OcppFrame, { kind: 'call' }>, at: Instant, atMs: number): StationCall;
}

/** One order: CALL after CALL, one open at a time, and what the station says of itself meanwhile. */
export class CallExchange implements Exchange<OcppFrame> {
  private sends = 0;
  private stage: Ask | Wait = NOTHING_YET;
  private readonly open: Opening;

  constructor(
    private readonly line: Line,
    begun: Ask | Turn | Opening,
  ) {
    this.open = typeof begun === 'function' ? begun : () => ('next' in begun ? begun : { next: begun });
  }

  start(nowMs: number): ExchangeStep {
    try {
      return this.take(this.open({ at: toInstant(nowMs), atMs: nowMs }), nowMs);
    } catch (error) {
      if (error instanceof RangeError) return { finish: { status: 'invalid', reason: error.message } };
      throw error;
    }
  }

  onFrame(decoded: Decoded<OcppFrame>, at: Instant, nowMs: number): ExchangeStep | null {
    if (!decoded.ok) return null;
    const { frame } = decoded;
    const moment = { at, atMs: nowMs };
    const turn = frame.kind === 'call' ? this.hear(frame, moment) : this.judge(frame, moment);
    return turn === null ? null : this.take(turn, nowMs);
  }

  onTimeout(nowMs: number): ExchangeStep {
    const { stage } = this;
    if ('action' in stage) {
      this.line.giveUp(nowMs);
      if (this.sends <= stage.resends) return this.send(stage, nowMs);
    }
    return this.take(stage.onSilence?.({ at: toInstant(nowMs), atMs: nowMs }) ?? done(NO_REPLY), nowMs);
  }

  onClosed(): CommandOutcome {
    return this.stage.onClosed?.() ?? NO_REPLY;
  }

  private hear(frame: Extract<OcppFrame, { kind: 'call' }>, moment: Moment): Turn | null {
    return this.stage.hears?.(this.line.asStationCall(frame, moment.at, moment.atMs), moment) ?? null;
  }

  private judge(frame: Exclude<OcppFrame, { kind: 'call' }>, moment: Moment): Turn | null {
    const { stage } = this;
    if (!('action' in stage)) return null;
    switch (frame.kind) {
      case 'answer':
        return stage.judge(frame.payload, moment);
      case 'invalid_answer':
        return rejected('invalid_response');
      case 'error':
        return stage.judgeError?.(frame, moment) ?? done(outcomeOfError(frame));
      default:
        return null;
    }
  }

  private take({ next, facts = [] }: Turn, nowMs: number): ExchangeStep {
    if ('status' in next) return { finish: next, facts };
    this.stage = next;
    this.sends = 0;
    if ('action' in next) return { ...this.send(next, nowMs), facts };
    return { waitMs: next.waitMs, facts };
  }

  private send({ action, payload, timeoutMs }: Ask, nowMs: number): ExchangeStep {
    const bytes = this.line.call(action, payload, nowMs);
    if (bytes === null) return { finish: { status: 'invalid', reason: `${action} cannot carry it` } };
    this.sends++;
    return { send: [bytes], waitMs: timeoutMs };
  }
}

const NOTHING_YET: Wait = { waitMs: 0, hears: () => null, onSilence: () => done(NO_REPLY) };
