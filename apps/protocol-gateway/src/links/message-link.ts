import type { DeviceCommand, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, MessageDriver, ProtocolConnection } from '@chargebus/protocol-core';
import { stored } from '../facts/stored';
import type { OpenAnswer } from '../questions/questions';
import type { Route } from '../routes/route';
import type { CloseReason, DeviceLink } from './device-link';
import { ErrorBudget } from './error-budget';
import { instantOf } from './instant-of';
import type { LinkHost } from './link';
import { ReadGate } from './read-gate';

/** What a message link needs of a socket; a WebSocket is one with a little glue. */
export interface MessageWire {
  readonly bufferedAmount: number; // bytes that the device has not taken yet
  send(message: Uint8Array): void;
  ping(): void;
  close(code: number, reason: string): void;
  /** At once: nobody would answer the goodbye. */
  terminate(): void;
  pause(): void;
  resume(): void;
}
export interface MessageLimits {
  readonly bytesPerS: number;
  readonly pingIntervalMs: number;
  readonly maxUnsentBytes: number;
}
export interface MessageLinkOptions {
  readonly driver: MessageDriver;
  readonly deviceId: DeviceId;
  readonly limits: MessageLimits;
  /** False: its library answers no pings, so only its messages prove that it lives. */
  readonly answersPings: boolean;
  /** It was let take part on an earlier connection. */
  readonly acceptedBefore: boolean;
  readonly heartbeatIntervalS: number | null; // its own; null: the profile's
  /** It was let take part on this one. */
  readonly whenAccepted: () => void;
  /** The connection that this one replaces: what it is doing is finished first (ocpp.md §2.4). */
  readonly predecessor: DeviceLink | null;
}

const MAX_WAITING = 64; // ocpp.md §2.4
const STORE_TIMEOUT_MS = 10_000;
const SLOW_ANSWER_MS = 2_000; // ocpp.md §7: then the socket is not read
const SILENT_PINGS = 2;
const MISSED_HEARTBEATS = 2;
const HEARTBEAT_GRACE_MS = 30_000;
const NONE: readonly DeviceCommand[] = [];

/** RFC 6455 and ocpp.md §1.5. Null: gone at once, because a goodbye would find nobody. */
const CLOSE_CODES: Readonly<Record<CloseReason, number | null>> = {
  connection_closed: null,
  idle: null,
  not_reading: null,
  superseded: 1008,
  unidentified: 1008,
  unknown_protocol: 1002,
  error_budget: 1008,
  too_many_devices: 1008,
  too_many_messages: 1008,
  not_text: 1003,
  not_admitted: 1008,
  driver_error: 1011,
  gateway_shutdown: 1012,
};

/** A message whose answer is not known yet. The next one waits for it. */
interface Turn {
  readonly sinceMs: number;
  readonly untilMs: number;
  /** What to say when it takes longer than that; null: nothing. */
  readonly late: () => Uint8Array | null;
}

/**
 * One device that speaks in whole messages, after its handshake. Messages are handled strictly one after the other and
 * answered in their order. Like `Link` it has no timer of its own: the registry sweeps all of them.
 */
export class MessageLink implements DeviceLink {
  readonly routes: Route[] = [];
  readonly isProved = true;
  readonly protocolDriver: MessageDriver;
  readonly protocolConnection: ProtocolConnection<unknown>;
  lastOrderMs = -Infinity;
  private readonly waiting: Uint8Array[] = [];
  private turn: Turn | null = null;
  private working = false;
  private isAccepted = false; // and said so
  private endedBy: CloseReason | null = null;
  private rejected = 0;
  private lastSignMs: number;
  private nextPingMs: number;
  private readonly gate: ReadGate;
  private readonly errorBudget: ErrorBudget;
  private tellIdle: (() => void) | null = null;

  constructor(
    private readonly host: LinkHost,
    readonly no: number,
    readonly connectionId: string,
    readonly remoteAddress: string,
    private readonly wire: MessageWire,
    private readonly options: MessageLinkOptions,
  ) {
    const nowMs = host.clock.nowMs();
    this.lastSignMs = nowMs;
    this.nextPingMs = nowMs + options.limits.pingIntervalMs * Math.random(); // connections of one wave ping apart
    this.gate = new ReadGate(wire, options.limits.bytesPerS, nowMs);
    this.errorBudget = new ErrorBudget(nowMs);
    this.protocolDriver = options.driver;
    this.protocolConnection = options.driver.open(
      no,
      options.deviceId,
      options.acceptedBefore,
      options.heartbeatIntervalS,
    );
    if (options.predecessor instanceof MessageLink) this.waitFor(options.predecessor, nowMs);
  }

  get isOpen(): boolean {
    return this.endedBy === null;
  }

  receive(message: Uint8Array): void {
    if (this.endedBy !== null) return;
    const nowMs = this.host.clock.nowMs();
    this.lastSignMs = nowMs;
    this.waiting.push(message);
    if (this.waiting.length > MAX_WAITING) this.close('too_many_messages');
    else this.work();
    this.applyLimits(message.length, nowMs);
  }

  /** A ping or a pong. */
  isAlive(): void {
    this.lastSignMs = this.host.clock.nowMs();
  }

  write(bytes: Uint8Array): boolean {
    if (this.endedBy !== null) return false;
    this.wire.send(bytes);
    this.host.frames.down(this, this.protocolDriver, this.options.deviceId, bytes);
    return true;
  }

  close(reason: CloseReason): void {
    if (this.endedBy !== null) return;
    this.end(reason);
    const code = CLOSE_CODES[reason];
    if (code === null) this.wire.terminate();
    else this.wire.close(code, reason);
  }

  ended(): void {
    if (this.endedBy === null) this.end('connection_closed');
  }

  hold(): void {
    this.gate.shut('backlog');
  }
  release(): void {
    this.gate.open('backlog');
    this.lastSignMs = this.host.clock.nowMs(); // it was our silence, not the device's
  }

  sweep(nowMs: number): void {
    const { limits } = this.options;
    if (this.wire.bufferedAmount > limits.maxUnsentBytes) {
      this.close('not_reading');
      return;
    }
    if (this.turn !== null) this.sweepTurn(this.turn, nowMs);
    if (this.gate.isShut) {
      this.gate.leak(nowMs);
      this.lastSignMs = nowMs;
    } else if (nowMs - this.lastSignMs > this.allowedSilenceMs()) this.close('idle');
    else if (nowMs >= this.nextPingMs) {
      this.nextPingMs = nowMs + limits.pingIntervalMs;
      this.wire.ping();
    }
  }

  private allowedSilenceMs(): number {
    if (this.options.answersPings) return SILENT_PINGS * this.options.limits.pingIntervalMs;
    const intervalS = this.options.heartbeatIntervalS ?? this.protocolDriver.profile.heartbeatIntervalS;
    return MISSED_HEARTBEATS * intervalS * 1_000 + HEARTBEAT_GRACE_MS;
  }

  private sweepTurn(turn: Turn, nowMs: number): void {
    if (nowMs > turn.untilMs) this.giveUp(turn);
    else if (nowMs - turn.sinceMs > SLOW_ANSWER_MS && this.gate.shut('slow_answer'))
      this.host.metrics.pauses.inc({ cause: 'slow_answer' });
  }

  private giveUp(turn: Turn): void {
    try {
      this.settle(turn, turn.late(), NONE);
    } catch (error) {
      this.failed(error);
    }
  }

  private work(): void {
    if (this.working) return;
    this.working = true;
    try {
      while (this.endedBy === null && this.turn === null) {
        const message = this.waiting.shift();
        if (message === undefined) break;
        this.handle(message);
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.working = false;
    }
  }

  private handle(message: Uint8Array): void {
    const { host, protocolConnection, protocolDriver } = this;
    const nowMs = host.clock.nowMs();
    const atMs = host.clock.epochMs();
    const at = instantOf(atMs);
    for (const frame of protocolConnection.push(message)) {
      host.frames.up(this, protocolDriver, frame, at);
      if (!frame.ok) this.rejected++;
      const route = host.routes.seen(this, this.options.deviceId, nowMs);
      if (route === null) return; // another connection has the device: what is said here counts no more
      const { facts, answer, errands = NONE } = protocolConnection.receive(frame, at, atMs);
      if (!this.isAccepted && protocolConnection.isAccepted === true) {
        this.isAccepted = true;
        this.options.whenAccepted();
      }
      this.answer(answer, route, facts, errands, nowMs);
      route.lane?.onFrame(frame, at);
    }
  }

  private answer(
    answer: Answer,
    route: Route,
    facts: readonly ProtocolEvent[],
    errands: readonly DeviceCommand[],
    nowMs: number,
  ): void {
    const { part } = route;
    if (answer.when === 'never' || answer.when === 'now') {
      this.host.facts.publish(part, facts, null);
      this.say(answer.when === 'now' ? answer.bytes : null, errands);
      return;
    }
    if (answer.when === 'stored') {
      const { bytes, failed } = answer;
      const turn = this.begin({ sinceMs: nowMs, untilMs: nowMs + STORE_TIMEOUT_MS, late: () => failed?.() ?? null });
      this.host.facts.publish(part, facts, {
        stored: () => {
          this.settle(turn, bytes, errands);
        },
      });
      return;
    }
    const untilMs = nowMs + Math.max(STORE_TIMEOUT_MS, answer.deadlineMs + 1_000);
    const turn = this.begin({ sinceMs: nowMs, untilMs, late: () => lateAnswer(answer) });
    this.answerAsked(answer, turn, part, facts, errands).catch((error: unknown) => {
      this.failed(error);
    });
  }

  private async answerAsked(
    answer: OpenAnswer,
    turn: Turn,
    part: number,
    facts: readonly ProtocolEvent[],
    errands: readonly DeviceCommand[],
  ): Promise<void> {
    const [settled] = await Promise.all([this.host.questions.settle(answer), stored(this.host.facts, part, facts)]);
    await stored(this.host.facts, part, settled.facts);
    if (this.turn === turn) this.settle(turn, settled.encode(), [...errands, ...settled.errands]);
  }

  private begin(turn: Turn): Turn {
    return (this.turn = turn);
  }

  /** The turn's answer is known, or it is too late for one. What comes after that does nothing. */
  private settle(turn: Turn, bytes: Uint8Array | null, errands: readonly DeviceCommand[]): void {
    if (this.turn !== turn) return;
    this.turn = null;
    this.say(bytes, errands);
    this.gate.open('slow_answer');
    this.tellIdle?.();
    this.work();
  }

  private say(bytes: Uint8Array | null, errands: readonly DeviceCommand[]): void {
    if (bytes !== null) this.write(bytes);
    const route = errands.length === 0 ? undefined : this.host.routes.find(this.options.deviceId);
    if (route?.link === this) this.host.orders.runErrands(route, errands);
  }

  /** Holds our first message back until the other link has done with its last. */
  private waitFor(predecessor: MessageLink, nowMs: number): void {
    if (predecessor.turn === null) return;
    const turn = this.begin({ sinceMs: nowMs, untilMs: nowMs + STORE_TIMEOUT_MS, late: () => null });
    predecessor.tellIdle = () => {
      this.settle(turn, null, NONE);
    };
  }

  private applyLimits(byteCount: number, nowMs: number): void {
    if (this.endedBy !== null) return;
    const { discardedBytes, checksumErrors } = this.protocolConnection;
    const errors = { noiseBytes: discardedBytes, checksumErrors, rejectedFrames: this.rejected };
    if (!this.errorBudget.covers(errors, this.host.limits.errorsPerMinute, nowMs)) this.close('error_budget');
    else if (this.gate.took(byteCount, nowMs)) this.host.metrics.pauses.inc({ cause: 'flood' });
  }

  private failed(error: unknown): void {
    this.host.logger.error(
      { err: error, connectionId: this.connectionId, protocol: this.protocolDriver.name },
      'driver threw',
    );
    this.close('driver_error');
  }

  private end(reason: CloseReason): void {
    this.endedBy = reason;
    this.waiting.length = 0;
    this.host.metrics.closed.inc({ reason });
    this.host.routes.linkEnded(this, reason);
  }
}

const lateAnswer = (answer: OpenAnswer): Uint8Array | null =>
  answer.when === 'asked' && answer.failed !== undefined ? answer.failed() : answer.encode(null);
