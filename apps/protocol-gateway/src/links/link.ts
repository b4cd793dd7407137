import type { DeviceId, Instant } from '@chargebus/domain';
import { partitionOf, toInstant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Answer, Decoded, ProtocolConnection, ProtocolDriver } from '@chargebus/protocol-core';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import type { GatewayMetrics } from '../metrics';
import type { Questions } from '../questions/questions';
import type { Route } from '../routes/route';
import type { RouteTable } from '../routes/route-table';
import { ErrorBudget } from './error-budget';
import { LeakyBucket } from './leaky-bucket';
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
  readonly questions: Pick<Questions, 'ask'>;
  readonly metrics: GatewayMetrics;
}
/** Why a link ended; the `reason` of `device.disconnected`. */
export type CloseReason =
  | 'connection_closed' // by the device or the network
  | 'superseded' // its only device came back on a newer connection
  | 'idle'
  | 'unidentified'
  | 'unknown_protocol'
  | 'error_budget'
  | 'too_many_devices'
  | 'not_reading' // answers pile up
  | 'driver_error' // a driver threw: our fault
  | 'gateway_shutdown';

const BURST_S = 8;
const MAX_UNSENT_BYTES = 65_536;

/**
 * One device connection: bytes in, frames through its driver, facts and answers out. It has no timer and no closure of
 * its own, because 20,000 of them live in one process: the registry sweeps all of them once a second.
 */
export class Link {
  readonly routes: Route[] = [];
  /** When an order was last written here: orders of all its devices keep the protocol's gap. */
  lastOrderMs = -Infinity;
  private driver: ProtocolDriver | null = null;
  private protocol: ProtocolConnection<unknown> | null = null;
  private said: Uint8Array | null = null; // before the protocol was recognised
  private skippedBytes = 0;
  private identified = false;
  private endedBy: CloseReason | null = null;
  private throttled = false;
  private held = false;
  private lastByteMs: number;
  private readonly openedMs: number;
  private readonly bytes: LeakyBucket;
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
    this.bytes = new LeakyBucket(this.openedMs);
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

  /** False: the connection is over, the bytes went nowhere. */
  write(bytes: Uint8Array): boolean {
    if (this.endedBy !== null) return false;
    this.wire.write(bytes);
    return true;
  }

  /** Ends the link from our side. */
  close(reason: CloseReason): void {
    if (this.endedBy !== null) return;
    this.end(reason);
    if (this.wire.writableLength > 0 && reason !== 'gateway_shutdown') this.wire.destroy();
    else this.wire.destroySoon();
  }

  /** The socket is gone. */
  ended(): void {
    if (this.endedBy === null) this.end('connection_closed');
  }

  /** Stops reading while the bus cannot take what devices say. */
  hold(): void {
    this.held = true;
    this.wire.pause();
  }
  release(): void {
    this.held = false;
    this.lastByteMs = this.host.clock.nowMs(); // it was our silence, not the device's
    if (!this.throttled) this.wire.resume();
  }

  /** Once a second: deadlines, stalled bytes, the end of throttling. */
  sweep(nowMs: number): void {
    if (this.wire.writableLength > MAX_UNSENT_BYTES) {
      this.close('not_reading');
      return;
    }
    if (this.throttled) this.unthrottle(nowMs);
    if (this.held || this.throttled) return;
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
    host.metrics.frames.count(driver.name, frame.command, frame.ok);
    const route = frame.ambiguousId ? null : host.routes.seen(this, frame.deviceId, nowMs);
    if (!this.isOpen) return; // it carried one device too many
    if (!frame.ok) this.rejectedFrames++;
    const part = route === null ? partitionOf(frame.deviceId) : route.part;
    const { facts, answer } = protocol.receive(frame, at, atMs);
    if (answer.when === 'never') host.facts.publish(part, facts, null);
    else this.answer(answer, frame.deviceId, part, facts);
    route?.lane?.onFrame(frame, at);
  }

  private answer(
    answer: Exclude<Answer, { when: 'never' }>,
    deviceId: DeviceId,
    part: number,
    facts: readonly ProtocolEvent[],
  ): void {
    if (answer.when === 'now') {
      this.host.facts.publish(part, facts, null);
      this.answerNow(deviceId, answer.bytes);
    } else if (answer.when === 'stored') {
      this.host.facts.publish(part, facts, new StoredAnswer(this, deviceId, answer.bytes));
    } else {
      this.answerAsked(answer, deviceId, part, facts).catch((error: unknown) => {
        this.failed(error);
      });
    }
  }

  /** An answer counts for the gap before the next order to that device. */
  answerNow(deviceId: DeviceId, bytes: Uint8Array): void {
    if (!this.write(bytes)) return;
    const route = this.host.routes.find(deviceId);
    if (route?.link === this) route.lastSentMs = this.host.clock.nowMs();
  }

  private async answerAsked(
    answer: Extract<Answer, { when: 'asked' }>,
    deviceId: DeviceId,
    part: number,
    facts: readonly ProtocolEvent[],
  ): Promise<void> {
    const stored = new Promise<void>((resolve) => {
      this.host.facts.publish(part, facts, { stored: resolve });
    });
    const [reply] = await Promise.all([this.host.questions.ask(answer.question, answer.deadlineMs), stored]);
    const bytes = answer.encode(reply);
    if (bytes !== null) this.answerNow(deviceId, bytes);
  }

  private applyLimits(byteCount: number, nowMs: number): void {
    if (this.endedBy !== null) return;
    const { limits } = this.host;
    const noiseBytes = this.skippedBytes + (this.protocol?.discardedBytes ?? 0);
    const checksumErrors = this.protocol?.checksumErrors ?? 0;
    this.countErrors(noiseBytes, checksumErrors);
    const errors = { noiseBytes, checksumErrors, rejectedFrames: this.rejectedFrames };
    if (!this.errorBudget.covers(errors, limits.errorsPerMinute, nowMs)) this.close('error_budget');
    else if (this.bytes.add(byteCount, nowMs, limits.bytesPerS / 1_000) > limits.bytesPerS * BURST_S) this.throttle();
  }

  private countErrors(noiseBytes: number, checksumErrors: number): void {
    const { metrics } = this.host;
    if (noiseBytes > this.countedNoise) metrics.noiseBytes.inc(noiseBytes - this.countedNoise);
    if (checksumErrors > this.countedChecksums) metrics.checksumErrors.inc(checksumErrors - this.countedChecksums);
    this.countedNoise = noiseBytes;
    this.countedChecksums = checksumErrors;
  }

  private throttle(): void {
    if (this.throttled) return;
    this.throttled = true;
    this.host.metrics.pauses.inc({ cause: 'flood' });
    this.wire.pause();
  }
  private unthrottle(nowMs: number): void {
    const { bytesPerS } = this.host.limits;
    if (this.bytes.add(0, nowMs, bytesPerS / 1_000) > bytesPerS * (BURST_S - 1)) return;
    this.throttled = false;
    this.lastByteMs = nowMs;
    if (!this.held) this.wire.resume();
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
  ) {}
  stored(): void {
    this.link.answerNow(this.deviceId, this.bytes);
  }
}

let lastMs = 0;
let lastInstant: Instant = toInstant(0);
/** Many frames arrive within one millisecond; its text is made once. */
function instantOf(epochMs: number): Instant {
  if (epochMs !== lastMs) {
    lastMs = epochMs;
    lastInstant = toInstant(epochMs);
  }
  return lastInstant;
}
