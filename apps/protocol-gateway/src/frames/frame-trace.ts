import type { DeviceId, Instant } from '@chargebus/domain';
import { traceSubject } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { FrameDirection, ViewFrame } from '@chargebus/protocol-core';
import { FramesWatched } from '@chargebus/requests';
import type { TraceFrame } from '@chargebus/requests';
import type { NatsConnection } from '@nats-io/nats-core';
import type { BusWatch } from '../bus-watch';
import type { Clock } from '../clock';
import type { GatewayMetrics } from '../metrics';
import { readJson } from '../read-json';

/** The connection on which a frame came or went. */
export interface FrameLine {
  readonly connectionId: string;
  readonly remoteAddress: string;
}
export interface FrameDriver {
  readonly name: string;
  readonly view: ViewFrame;
}
export interface SeenFrame {
  readonly deviceId: DeviceId;
  readonly direction: FrameDirection;
  readonly bytes: Uint8Array;
  readonly at: Instant;
  /** What the driver made of it, where it came up. */
  readonly command: string;
  readonly error: string | null;
}

const KEPT_BYTES = 4_096; // of one frame
const MAX_WATCHED = 1_000;
const decoder = new TextDecoder();

/**
 * Frames for people to look at. So many a second are recorded as they come; of more, only those of devices that somebody
 * watches, so that a trace costs a busy gateway next to nothing (ADR 0190). It may lose some and never holds anything up.
 */
export class FrameTrace {
  private left: number;
  private leftOut = 0;
  private readonly watchedUntilMs = new Map<DeviceId, number>();

  constructor(
    private readonly nc: Pick<NatsConnection, 'publish' | 'subscribe'>,
    private readonly watch: Pick<BusWatch, 'connected'>,
    private readonly clock: Pick<Clock, 'nowMs'>,
    private readonly metrics: Pick<GatewayMetrics, 'frames' | 'traced' | 'untraced'>,
    private readonly logger: Logger,
    private readonly framesPerS: number,
  ) {
    this.left = framesPerS;
  }

  /** Hears who is watched. */
  listen(): void {
    this.nc.subscribe(FramesWatched.subject, {
      callback: (error, message) => {
        const parsed = error === null ? FramesWatched.schema.safeParse(readJson(message)) : null;
        if (parsed?.success !== true) return;
        const { deviceId, forMs } = parsed.data;
        if (this.watchedUntilMs.size < MAX_WATCHED || this.watchedUntilMs.has(deviceId))
          this.watchedUntilMs.set(deviceId, this.clock.nowMs() + forMs);
      },
    });
  }

  /** Asked before anything is made ready: over the rate, a frame costs no more than this. */
  wants(deviceId: DeviceId): boolean {
    if (this.left > 0 || (this.watchedUntilMs.size > 0 && this.watchedUntilMs.has(deviceId))) return true;
    this.leftOut++;
    return false;
  }

  record(line: FrameLine, driver: FrameDriver, frame: SeenFrame): void {
    this.left--;
    if (!this.watch.connected) return; // the client would only lose it
    try {
      this.nc.publish(traceSubject(frame.deviceId, frame.direction), JSON.stringify(toTrace(line, driver, frame)));
      this.metrics.traced.inc();
    } catch (error) {
      this.logger.warn({ err: error, deviceId: frame.deviceId, protocol: driver.name }, 'frame not traced');
    }
  }

  /** Once a second. */
  beat(): void {
    const nowMs = this.clock.nowMs();
    this.left = this.framesPerS;
    if (this.leftOut > 0) this.metrics.untraced.inc(this.leftOut);
    this.leftOut = 0;
    for (const [deviceId, untilMs] of this.watchedUntilMs) if (untilMs < nowMs) this.watchedUntilMs.delete(deviceId);
  }
}

function toTrace({ connectionId, remoteAddress }: FrameLine, driver: FrameDriver, frame: SeenFrame): TraceFrame {
  const { deviceId, direction, bytes, at, command, error } = frame;
  const view = driver.view(bytes, direction);
  const kept = view.bytes.subarray(0, KEPT_BYTES);
  const cut = kept.length < view.bytes.length;
  const isText = kept[0] === 0x5b; // OCPP's messages are the ones that begin with [
  return {
    at,
    deviceId,
    direction,
    protocol: driver.name,
    connectionId,
    remoteAddress,
    message: view.message === '' ? command : view.message,
    name: view.name,
    messageId: view.messageId,
    error: error ?? view.error,
    bytes: bytes.length,
    text: isText ? decoder.decode(kept) : null,
    hex: isText ? null : Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('hex'),
    cut,
    fields: cut ? null : view.fields,
  };
}
