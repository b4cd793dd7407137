import { DeviceId, Instant, PortNo, SessionId } from '@chargebus/domain';
import type { Retained } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

/** power W, voltage V, current A, frequency Hz, temperature °C, soc %. */
export const SampleMetric = z.enum(['power', 'voltage', 'current', 'frequency', 'temperature', 'soc']);
export type SampleMetric = z.infer<typeof SampleMetric>;

const samples = {
  ...audience,
  deviceId: z.string().min(1).max(64), // id or printed number
  portNo: PortNo.nullable(),
  sessionId: z.string().max(64).nullable(),
  from: Instant,
  until: Instant, // excluded
};

export const SampleSpread = z.object({ avg: z.number(), min: z.number(), max: z.number() });
export const SampleBucket = z.object({
  at: Instant, // its beginning
  portNo: PortNo.nullable(),
  samples: z.number().int(),
  energyWh: z.number(), // delivered in it
  metrics: z.partialRecord(SampleMetric, SampleSpread.nullable()), // null: not measured
});
/**
 * Samples of a device's charges, gathered in at most `points` buckets of equal length: one item per bucket and port that
 * was measured in it. Long ranges are answered from rolled up hours. Errors: DEVICE_NOT_FOUND.
 */
export const GetSampleBuckets = defineRequest({
  subject: 'cb.ask.history.buckets',
  timeoutMs: 5_000,
  request: z.object({
    ...samples,
    points: z.number().int().min(1).max(2_000),
    metrics: z.array(SampleMetric),
  }),
  reply: z.object({
    deviceId: DeviceId,
    from: Instant, // as asked, or the beginning of its hour
    until: Instant,
    stepS: z.number().int().positive(), // length of a bucket
    source: z.enum(['samples', 'hours']),
    items: z.array(SampleBucket),
  }),
});

export const PastSample = z.object({
  sampledAt: Instant,
  sessionId: SessionId,
  portNo: PortNo.nullable(),
  durationS: z.number(),
  energyWh: z.number(), // delivered since the charge began
  metrics: z.record(SampleMetric, z.number().nullable()),
});
/** The samples themselves, the oldest first. Errors: DEVICE_NOT_FOUND. */
export const ListSamples = defineRequest({
  subject: 'cb.ask.history.samples',
  timeoutMs: 5_000,
  request: z.object({ ...samples, cursor: z.string().max(100).nullable(), limit: z.number().int().min(1).max(2_000) }),
  reply: z.object({ deviceId: DeviceId, items: z.array(PastSample), nextCursor: z.string().nullable() }),
});

export const AlarmSeverity = z.enum(['info', 'warning', 'critical']);
export const AlarmView = z.object({
  alarmId: z.string(),
  source: z.enum(['device', 'system']), // what a device reported, or what the installation found out about it
  deviceId: DeviceId.nullable(),
  portNo: PortNo.nullable(),
  alarmType: z.string(),
  severity: AlarmSeverity,
  message: z.string().nullable(), // null: the type says it all
  details: z.record(z.string(), z.unknown()),
  raisedAt: Instant,
  resolvedAt: Instant.nullable(), // null: it goes on
});
export type AlarmView = z.infer<typeof AlarmView>;
/** About how many samples there are, by rolled up hours: those of the last hour or two are missing, and first hours counted whole. */
export const CountSamples = defineRequest({
  subject: 'cb.ask.history.count_samples',
  timeoutMs: 10_000,
  request: z
    .object({ ...samples, deviceId: samples.deviceId.nullable() }) // null: of all devices of the tenant
    .refine(({ deviceId, within }) => deviceId !== null || within == null, 'a part of the tenant is not counted'),
  reply: z.object({ samples: z.number().int().nonnegative() }),
});

/** Faults that devices report and alarms of the installation about them, those that are over included (G07). Errors: DEVICE_NOT_FOUND. */
export const ListAlarms = defineRequest({
  subject: 'cb.ask.history.alarms',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    deviceId: z.string().min(1).max(64).nullable(), // id or printed number; null: of any device, or of none
    portNo: PortNo.nullable(),
    severity: AlarmSeverity.nullable(),
    active: z.boolean().nullable(),
    alarmType: z.string().max(60).nullable(),
    from: Instant.nullable(),
    until: Instant.nullable(), // excluded
    page: PageQuery,
  }),
  reply: Page(AlarmView),
});

/** Days that a tenant keeps what at hand; older rows are in archives. Sessions keep their account for longer than samples. */
const days = z.number().int().min(1).max(36_500);
const kept = {
  samples: days,
  sessions: days, // with hourly values
  logs: days,
  commands: days,
  requests: days,
  deliveries: days,
  deviceLogs: days,
  archives: days,
} satisfies Record<Retained, unknown>;
const policy = z.object({
  days: z.object(kept),
  own: z.boolean(), // false: all as the installation keeps it
});
export const GetRetention = defineRequest({
  subject: 'cb.ask.history.retention',
  timeoutMs: 5_000,
  request: z.object({ tenantId: audience.tenantId }),
  reply: policy,
});
/**
 * In place of the tenant's whole policy: what is left out is kept as the installation keeps it. Errors: VALIDATION_FAILED
 * (sessions would go before their samples).
 */
export const PutRetention = defineRequest({
  subject: 'cb.ask.history.put_retention',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: audience.tenantId,
    days: z.object(kept).partial(),
  }),
  reply: policy,
});

export const ArchiveKind = z.enum(['samples', 'sessions', 'faults', 'alarms', 'commands', 'requests']);
export const ArchiveView = z.object({
  archiveId: z.string(),
  kind: ArchiveKind,
  from: Instant,
  until: Instant, // excluded
  part: z.number().int().positive(), // more than 1: rows that came when their time was archived already
  rows: z.number().int(),
  sizeBytes: z.number().int(), // compressed
  sha256: z.string(), // of the file
  bucket: z.string(),
  file: z.string(),
  createdAt: Instant,
});
export type ArchiveView = z.infer<typeof ArchiveView>;
/** Files of what has left the tables, the latest range first. */
export const ListArchives = defineRequest({
  subject: 'cb.ask.history.archives',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: audience.tenantId,
    kind: ArchiveKind.nullable(),
    from: Instant.nullable(), // archives that end after it
    until: Instant.nullable(), // archives that begin before it
    page: PageQuery,
  }),
  reply: Page(ArchiveView),
});
/** Errors: ARCHIVE_NOT_FOUND. */
export const GetArchive = defineRequest({
  subject: 'cb.ask.history.archive',
  timeoutMs: 5_000,
  request: z.object({ tenantId: audience.tenantId, archiveId: z.string().max(120) }),
  reply: ArchiveView,
});
