import type { DeviceId, Instant } from '@chargebus/domain';
import type { Decoded } from '@chargebus/protocol-core';
import type { Clock } from '../clock';
import { instantOf } from '../links/instant-of';
import type { GatewayMetrics } from '../metrics';
import type { FrameCounts } from './frame-counts';
import type { FrameDriver, FrameLine, FrameTrace } from './frame-trace';

/** Sees every whole frame that comes and goes: counts them, and shows them to people. */
export class FrameWatch {
  constructor(
    private readonly clock: Pick<Clock, 'epochMs'>,
    private readonly metrics: Pick<GatewayMetrics, 'frames'>,
    private readonly trace: Pick<FrameTrace, 'wants' | 'record' | 'beat'>,
    private readonly counts: Pick<FrameCounts, 'count' | 'beat'>,
  ) {}

  up(line: FrameLine, driver: FrameDriver, frame: Decoded<unknown>, at: Instant): void {
    const { deviceId, command, bytes } = frame;
    const error = frame.ok ? null : frame.error;
    this.metrics.frames.count(driver.name, command, frame.ok);
    this.counts.count(deviceId, driver.name, error);
    if (this.trace.wants(deviceId))
      this.trace.record(line, driver, { deviceId, direction: 'up', bytes, at, command, error });
  }

  down(line: FrameLine, driver: FrameDriver, deviceId: DeviceId, bytes: Uint8Array): void {
    if (!this.trace.wants(deviceId)) return;
    const at = instantOf(this.clock.epochMs());
    this.trace.record(line, driver, { deviceId, direction: 'down', bytes, at, command: '', error: null });
  }

  /** Frames with a wrong checksum name nobody: they are put down to the device that the connection carries. */
  damaged(driver: FrameDriver, deviceId: DeviceId, frames: number): void {
    this.counts.count(deviceId, driver.name, 'checksum', frames);
  }

  /** Once a second. */
  beat(): void {
    this.trace.beat();
    this.counts.beat();
    this.metrics.frames.handOn();
  }
}
