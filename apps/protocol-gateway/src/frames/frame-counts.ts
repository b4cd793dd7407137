import { toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { CountFrames } from '@chargebus/requests';
import type { FrameCount } from '@chargebus/requests';
import type { Clock } from '../clock';

const HOUR_MS = 3_600_000;
const OK = 'ok';
const MAX_ROWS = 4_000; // of one report, and the reasons of its last device
const MAX_REASON_CHARS = 40;

interface Counted {
  readonly protocol: string;
  ok: number;
  bad: Map<string, number> | null; // by reason
  isTold: boolean;
}
interface Hour {
  readonly startMs: number;
  readonly devices: Map<DeviceId, Counted>;
}

/**
 * What became of the frames of each device, told to the registry every few seconds for its statistics. Told are the sums
 * of the hour, so a report that is lost is made good by the next; what a process counted last is lost with it.
 */
export class FrameCounts {
  private hours: Hour[] = []; // the last one goes on; those before it are not told to the end
  private nextMs: number;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly clock: Pick<Clock, 'nowMs' | 'epochMs'>,
    private readonly logger: Logger,
    private readonly gateway: string,
    private readonly intervalMs: number,
  ) {
    this.nextMs = clock.nowMs() + intervalMs;
    this.turnHour();
  }

  /** `error` null: the frame was good. */
  count(deviceId: DeviceId, protocol: string, error: string | null, times = 1): void {
    const devices = this.hours.at(-1)?.devices;
    let device = devices?.get(deviceId);
    if (device?.protocol !== protocol) {
      device = { protocol, ok: 0, bad: null, isTold: false };
      devices?.set(deviceId, device);
    }
    device.isTold = false;
    if (error === null) {
      device.ok += times;
      return;
    }
    // Some drivers say where in the message; the statistics are about what.
    const reason = error.split(' ', 1)[0]?.slice(0, MAX_REASON_CHARS) ?? '';
    device.bad ??= new Map();
    device.bad.set(reason, (device.bad.get(reason) ?? 0) + times);
  }

  /** Once a second. */
  beat(): void {
    this.turnHour();
    if (this.clock.nowMs() < this.nextMs || this.sending !== null) return;
    this.nextMs = this.clock.nowMs() + this.intervalMs;
    this.sending = this.tell().finally(() => (this.sending = null));
  }

  /** At the end: what was counted, if the registry takes it. */
  async flush(): Promise<void> {
    await this.sending;
    await this.tell();
  }

  private turnHour(): void {
    const startMs = Math.floor(this.clock.epochMs() / HOUR_MS) * HOUR_MS;
    if (this.hours.at(-1)?.startMs !== startMs) this.hours.push({ startMs, devices: new Map() });
  }

  private async tell(): Promise<void> {
    try {
      for (const hour of [...this.hours]) await this.tellHour(hour);
      this.hours = this.hours.slice(-1);
    } catch (error) {
      this.logger.debug({ err: error }, 'frames are counted later');
    }
  }

  private async tellHour({ startMs, devices }: Hour): Promise<void> {
    const hour = toInstant(startMs);
    for (let told = this.untold(devices); told.length > 0; told = this.untold(devices)) {
      const counts = told.flatMap(([deviceId, counted]) => rowsOf(deviceId, counted));
      for (const [, counted] of told) counted.isTold = true; // until the next frame
      try {
        await this.bus.ask(CountFrames, { gateway: this.gateway, hour, counts });
      } catch (error) {
        for (const [, counted] of told) counted.isTold = false;
        throw error;
      }
    }
  }

  /** As many as fit one report. */
  private untold(devices: ReadonlyMap<DeviceId, Counted>): readonly (readonly [DeviceId, Counted])[] {
    const found: (readonly [DeviceId, Counted])[] = [];
    let rows = 0;
    for (const [deviceId, counted] of devices) {
      if (counted.isTold) continue;
      found.push([deviceId, counted]);
      rows += 1 + (counted.bad?.size ?? 0);
      if (rows >= MAX_ROWS) break;
    }
    return found;
  }
}

const rowsOf = (deviceId: DeviceId, { protocol, ok, bad }: Counted): FrameCount[] => [
  ...(ok === 0 ? [] : [{ deviceId, protocol, outcome: OK, frames: ok }]),
  ...[...(bad ?? [])].map(([outcome, frames]) => ({ deviceId, protocol, outcome, frames })),
];
