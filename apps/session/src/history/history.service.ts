import { toInstant } from '@chargebus/domain';
import type { AlarmRepository, PastAlarm, SampleHistoryRepository } from '@chargebus/persistence/session';
import type {
  AlarmView,
  CountSamples,
  GetSampleBuckets,
  ListAlarms,
  ListSamples,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import type { DeviceFinder } from '../devices/device-finder';
import { resolve } from './resolution';
import type { RetentionService } from './retention.service';

const DAY_MS = 86_400_000;

/** Answers what was: samples of charges and alarms (G05, G07). */
export class HistoryService {
  constructor(
    private readonly finder: DeviceFinder,
    private readonly samples: SampleHistoryRepository,
    private readonly alarms: AlarmRepository,
    private readonly retention: RetentionService,
    private readonly now: () => number,
  ) {}

  async buckets(request: RequestOf<typeof GetSampleBuckets>): Promise<ReplyOf<typeof GetSampleBuckets>> {
    const { tenantId, portNo, sessionId, metrics } = request;
    const [deviceId, { days }] = await Promise.all([
      this.finder.resolve(request, request.deviceId),
      this.retention.policyOf(tenantId),
    ]);
    const asked = { fromMs: Date.parse(request.from), untilMs: Date.parse(request.until) };
    const resolution = resolve(asked, request.points, this.now() - days.samples * DAY_MS);
    const items = await this.samples.buckets({ tenantId, deviceId, portNo, sessionId, metrics, ...resolution });
    return {
      deviceId,
      from: toInstant(resolution.fromMs),
      until: request.until,
      stepS: resolution.stepS,
      source: resolution.source,
      items: items.map(({ atMs, ...bucket }) => ({ at: toInstant(atMs), ...bucket })),
    };
  }

  async list(request: RequestOf<typeof ListSamples>): Promise<ReplyOf<typeof ListSamples>> {
    const { tenantId, portNo, sessionId, cursor, limit } = request;
    const deviceId = await this.finder.resolve(request, request.deviceId);
    const range = { fromMs: Date.parse(request.from), untilMs: Date.parse(request.until) };
    const { items, next } = await this.samples.page({ tenantId, deviceId, portNo, sessionId, ...range }, cursor, limit);
    return {
      deviceId,
      items: items.map(({ sampledAtMs, ...sample }) => ({ sampledAt: toInstant(sampledAtMs), ...sample })),
      nextCursor: next,
    };
  }

  async count(request: RequestOf<typeof CountSamples>): Promise<ReplyOf<typeof CountSamples>> {
    const { tenantId, portNo, sessionId } = request;
    const deviceId = request.deviceId === null ? null : await this.finder.resolve(request, request.deviceId);
    const range = { fromMs: Date.parse(request.from), untilMs: Date.parse(request.until) };
    return { samples: await this.samples.estimate({ tenantId, deviceId, portNo, sessionId, ...range }) };
  }

  async listAlarms(request: RequestOf<typeof ListAlarms>): Promise<ReplyOf<typeof ListAlarms>> {
    const deviceId = request.deviceId === null ? null : await this.finder.resolve(request, request.deviceId);
    const filter = { ...request, deviceId, fromMs: msOf(request.from), untilMs: msOf(request.until) };
    const { items, total, nextCursor } = await this.alarms.list(request, filter, request.page);
    return { items: items.map(toAlarmView), total, nextCursor };
  }
}

const msOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

const toAlarmView = ({ raisedAtMs, resolvedAtMs, ...alarm }: PastAlarm): AlarmView => ({
  ...alarm,
  details: { ...alarm.details },
  raisedAt: toInstant(raisedAtMs),
  resolvedAt: resolvedAtMs === null ? null : toInstant(resolvedAtMs),
});
