import type { DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import { partitionOf } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Answer, Decoded, ProtocolConnection, ProtocolDriver } from '@chargebus/protocol-core';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import { stored } from '../facts/stored';
import type { FrameWatch } from '../frames/frame-watch';
import type { GatewayMetrics } from '../metrics';
import type { Orders } from '../orders/orders';
import type { OpenAnswer, Questions } from '../questions/questions';
import type { Route } from '../routes/route';
import type { RouteTable } from '../routes/route-table';
import type { CloseReason, DeviceLink } from './device-link';
import { ErrorBudget } from './error-budget';
import { ReadGate } from './read-gate';
import { instantOf } from './instant-of';
import { recognise } from './recognise';

/** What a link needs of a socket; a TCP socket is one. */
export interface Wire {
  readonly writableLength: number; // bytes that the device has not taken yet
  write(bytes: Uint8Array): boolean;
  cork(): void;
  uncork(): void;
  pause(): unknown;
  resume(): unknown;
  destroySoon(): void;
  destroy(): unknown;
}
export interface LinkLimits {
  readonly bytesPerS: number;
  readonly errorsPerMinute: number;
  readonly identifyMs: number;
}
/** What all links of the process share. */
export interface LinkHost {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly drivers: readonly ProtocolDriver[];
  readonly limits: LinkLimits;
  readonly facts: Pick<FactPublisher, 'publish'>;
  readonly routes: RouteTable;
  readonly orders: Pick<Orders, 'runErrands'>;
  readonly questions: Pick<Questions, 'settle'>;
  readonly metrics: GatewayMetrics;
  readonly frames: Pick<FrameWatch, 'up' | 'down' | 'damaged' | 'beat'>;
}
const MAX_UNSENT_BYTES = 65_536;
const NONE: readonly DeviceCommand[] = [];

/**
 * One device connection: bytes in, frames through its driver, facts and answers out. It has no timer and no closure of
 * its own, because 20,000 of them live in one process: the registry sweeps all of them once a second.
 */
export class Link implements DeviceLink {
  readonly routes: Route[] = [];
  readonly isProved = false;
  lastOrderMs = -Infinity;
  private driver: ProtocolDriver | null = null;
  private protocol: ProtocolConnection<unknown> | null = null;
  private said: Uint8Array | null = null; // before the protocol was recognised
  private skippedBytes = 0;
  private identified = false;
  private endedBy: CloseReason | null = null;
  private lastByteMs: number;
  private readonly openedMs: number;
  private readonly gate: ReadGate;
  private readonly errorBudget: ErrorBudget;
  private rejectedFrames = 0;
  private countedNoise = 0;
  private countedChecksums = 0;

  constructor(
    private readonly host: LinkHost,
    readonly no: number, // counts the connections of this process
    readonly connectionId: string,
    readonly remoteAddress: string,
    private readonly wire: Wire,
  ) {
    this.openedMs = this.lastByteMs = host.clock.nowMs();
    this.gate = new ReadGate(wire, host.limits.bytesPerS, this.openedMs);
    this.errorBudget = new ErrorBudget(this.openedMs);
  }

  get isOpen(): boolean {
    return this.endedBy === null;
  }
  get protocolDriver(): ProtocolDriver | null {
    return this.driver;
  }
  get protocolConnection(): ProtocolConnection<unknown> | null {
    return this.protocol;
  }

  receive(chunk: Uint8Array): void {
    if (this.endedBy !== null) return;
    const nowMs = this.host.clock.nowMs();
    this.lastByteMs = nowMs;
    try {
      if (this.protocol === null) this.recognise(chunk);
      else this.handle(this.protocol.push(chunk), nowMs);
    } catch (error) {
      this.failed(error);
    }
    this.applyLimits(chunk.length, nowMs);
  }

  write(bytes: Uint8Array, to: DeviceId): boolean {
    if (this.endedBy !== null || this.driver === null) return false;
    this.wire.write(bytes);
    this.host.frames.down(this, this.driver, to, bytes);
    return true;
  }

  close(reason: CloseReason): void {
    if (this.endedBy !== null) return;
    this.end(reason);
    const isFarewell = reason === 'gateway_shutdown' || reason === 'not_admitted'; // what was said is still sent
    if (this.wire.writableLength > 0 && !isFarewell) this.wire.destroy();
    else this.wire.destroySoon();
  }

  ended(): void {
    if (this.endedBy === null) this.end('connection_closed');
  }

  hold(): void {
    this.gate.shut('backlog');
  }
  release(): void {
    this.gate.open('backlog');
    this.lastByteMs = this.host.clock.nowMs(); // it was our silence, not the device's
  }

  sweep(nowMs: number): void {
    if (this.wire.writableLength > MAX_UNSENT_BYTES) {
      this.close('not_reading');
      return;
    }
    if (this.gate.isShut) {
      this.gate.leak(nowMs);
      this.lastByteMs = nowMs;
      return;
    }
    if (!this.identified && nowMs - this.openedMs > this.host.limits.identifyMs) this.close('unidentified');
    else if (this.driver !== null && this.protocol !== null) this.sweepProtocol(this.driver, this.protocol, nowMs);
  }

  private sweepProtocol(driver: ProtocolDriver, protocol: ProtocolConnection<unknown>, nowMs: number): void {
    const silentMs = nowMs - this.lastByteMs;
    if (silentMs > driver.profile.idleCloseMs) this.close('idle');
    else if (protocol.pendingBytes > 0 && silentMs > driver.profile.stallMs)
      try {
        this.handle(protocol.stalled(), nowMs);
        this.applyLimits(0, nowMs);
      } catch (error) {
        this.failed(error);
      }
  }

  private recognise(chunk: Uint8Array): void {
    const said = this.said === null ? chunk : Buffer.concat([this.said, chunk]);
    const found = recognise(this.host.drivers, said);
    this.said = null;
    if (found.verdict === 'unknown') {
      this.close('unknown_protocol');
      return;
    }
    this.skippedBytes += found.skip;
    const rest = said.subarray(found.skip);
    if (found.verdict === 'wait') {
      this.said = Uint8Array.from(rest);
      return;
    }
    this.driver = found.driver;
    this.protocol = found.driver.open(this.no);
    this.handle(this.protocol.push(rest), this.lastByteMs);
  }

  private handle(frames: readonly Decoded<unknown>[], nowMs: number): void {
    if (frames.length === 0) return;
    this.identified = true;
    const atMs = this.host.clock.epochMs();
    const at = instantOf(atMs);
    if (frames.length > 1) this.wire.cork();
    for (const frame of frames) {
      if (this.endedBy !== null) break;
      this.handleFrame(frame, at, atMs, nowMs);
    }
    if (frames.length > 1) this.wire.uncork();
  }

  private handleFrame(frame: Decoded<unknown>, at: Instant, atMs: number, nowMs: number): void {
    const { driver, protocol, host } = this;
    if (driver === null || protocol === null) return;
    host.frames.up(this, driver, frame, at);
    const route = frame.ambiguousId ? null : host.routes.seen(this, frame.deviceId, nowMs);
    if (!this.isOpen) return; // it carried one device too many
    if (!frame.ok) this.rejectedFrames++;
    const part = route === null ? partitionOf(frame.deviceId) : route.part;
    const { facts, answer, errands = NONE, closes = false } = protocol.receive(frame, at, atMs);
    if (answer.when === 'never') {
      host.facts.publish(part, facts, null);
      this.runErrands(frame.deviceId, errands);
    } else this.answer(answer, frame.deviceId, part, facts, errands);
    if (closes) this.close('not_admitted');
    else route?.lane?.onFrame(frame, at);
  }

  private answer(
    answer: Exclude<Answer, { when: 'never' }>,
    deviceId: DeviceId,
    part: number,
    facts: readonly ProtocolEvent[],
    errands: readonly DeviceCommand[],
  ): void {
    if (answer.when === 'now') {
      this.host.facts.publish(part, facts, null);
      this.answerNow(deviceId, answer.bytes, errands);
    } else if (answer.when === 'stored') {
      this.host.facts.publish(part, facts, new StoredAnswer(this, deviceId, answer.bytes, errands));
    } else {
      this.answerAsked(answer, deviceId, part, facts, errands).catch((error: unknown) => {
        this.failed(error);
      });
    }
  }

  /** An answer counts for the gap before the next order to that device; what the driver wants done comes after it. */
  answerNow(deviceId: DeviceId, bytes: Uint8Array, errands: readonly DeviceCommand[]): void {
    if (!this.write(bytes, deviceId)) return;
    const route = this.host.routes.find(deviceId);
    if (route?.link === this) route.lastSentMs = this.host.clock.nowMs();
    this.runErrands(deviceId, errands);
  }

  private async answerAsked(
    answer: OpenAnswer,
    deviceId: DeviceId,
    part: number,
    facts: readonly ProtocolEvent[],
    errands: readonly DeviceCommand[],
  ): Promise<void> {
    const [settled] = await Promise.all([this.host.questions.settle(answer), stored(this.host.facts, part, facts)]);
    await stored(this.host.facts, part, settled.facts);
    const bytes = settled.encode();
    const then = [...errands, ...settled.errands];
    if (bytes === null) this.runErrands(deviceId, then);
    else this.answerNow(deviceId, bytes, then);
  }

  private runErrands(deviceId: DeviceId, errands: readonly DeviceCommand[]): void {
    if (errands.length === 0) return;
    const route = this.host.routes.find(deviceId);
    if (route?.link === this) this.host.orders.runErrands(route, errands);
  }

  private applyLimits(byteCount: number, nowMs: number): void {
    if (this.endedBy !== null) return;
    const { limits } = this.host;
    const noiseBytes = this.skippedBytes + (this.protocol?.discardedBytes ?? 0);
    const checksumErrors = this.protocol?.checksumErrors ?? 0;
    this.countErrors(noiseBytes, checksumErrors);
    const errors = { noiseBytes, checksumErrors, rejectedFrames: this.rejectedFrames };
    if (!this.errorBudget.covers(errors, limits.errorsPerMinute, nowMs)) this.close('error_budget');
    else if (this.gate.took(byteCount, nowMs)) this.host.metrics.pauses.inc({ cause: 'flood' });
  }

  private countErrors(noiseBytes: number, checksumErrors: number): void {
    const { metrics } = this.host;
    if (noiseBytes > this.countedNoise) metrics.noiseBytes.inc(noiseBytes - this.countedNoise);
    if (checksumErrors > this.countedChecksums) this.countDamaged(checksumErrors - this.countedChecksums);
    this.countedNoise = noiseBytes;
    this.countedChecksums = checksumErrors;
  }

  private countDamaged(frames: number): void {
    this.host.metrics.checksumErrors.inc(frames);
    const [carried] = this.routes;
    if (this.driver !== null && carried !== undefined) this.host.frames.damaged(this.driver, carried.deviceId, frames);
  }

  private failed(error: unknown): void {
    this.host.logger.error(
      { err: error, connectionId: this.connectionId, protocol: this.driver?.name },
      'driver threw',
    );
    this.close('driver_error');
  }

  private end(reason: CloseReason): void {
    this.endedBy = reason;
    this.host.metrics.closed.inc({ reason });
    this.host.routes.linkEnded(this, reason);
  }
}

/** Written once the facts of the frame that it answers are on the stream. */
class StoredAnswer {
  constructor(
    private readonly link: Link,
    private readonly deviceId: DeviceId,
    private readonly bytes: Uint8Array,
    private readonly errands: readonly DeviceCommand[],
  ) {}
  stored(): void {
    this.link.answerNow(this.deviceId, this.bytes, this.errands);
  }
}
