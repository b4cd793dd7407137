import { toInstant } from '@chargebus/domain';
import type { FrameCountRepository } from '@chargebus/persistence/session';
import type { CountFrames, GetFrameStatistics, ReplyOf, RequestOf } from '@chargebus/requests';
import type { DeviceFinder } from '../devices/device-finder';

const HOUR_MS = 3_600_000;
const KEPT_MS = 31 * 24 * HOUR_MS;

/** What gateways counted, by hour, for those who look for devices that speak badly. */
export class FrameStatisticsService {
  private droppedAtMs = -Infinity;

  constructor(
    private readonly counts: FrameCountRepository,
    private readonly finder: Pick<DeviceFinder, 'resolve'>,
    private readonly now: () => number,
  ) {}

  async count({ gateway, hour, counts }: RequestOf<typeof CountFrames>): Promise<ReplyOf<typeof CountFrames>> {
    await this.counts.put(gateway, hour, counts);
    await this.dropOld();
    return {};
  }

  async statistics({
    tenantId,
    within,
    ...asked
  }: RequestOf<typeof GetFrameStatistics>): Promise<ReplyOf<typeof GetFrameStatistics>> {
    const viewer = { tenantId, within };
    const since = toInstant(Math.floor(Date.parse(asked.since) / HOUR_MS) * HOUR_MS);
    const deviceId = asked.deviceId === null ? null : await this.finder.resolve(viewer, asked.deviceId);
    const rows = await this.counts.statistics(viewer, { ...asked, since, deviceId });
    return {
      since,
      until: asked.until,
      rows: rows.map(({ rejectedBy, ...row }) => {
        const rejected = Object.values(rejectedBy).reduce((sum, frames) => sum + frames, 0);
        return { ...row, rejected, rejectedBy };
      }),
    };
  }

  private async dropOld(): Promise<void> {
    const nowMs = this.now();
    if (nowMs - this.droppedAtMs < HOUR_MS) return;
    this.droppedAtMs = nowMs;
    await this.counts.dropBefore(toInstant(nowMs - KEPT_MS));
  }
}
