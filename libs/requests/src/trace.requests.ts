import { DeviceId, Instant, PortNo, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';

/**
 * A frame of a device with its decoding, as the gateway puts it on `cb.trace.<device>.<up|down>`: for those who watch
 * now, and kept for some hours in a stream of the server's memory. Nothing in it is secret.
 */
export const TraceFrame = z.object({
  at: Instant,
  deviceId: DeviceId,
  direction: z.enum(['up', 'down']), // up: from the device
  protocol: z.string(),
  connectionId: z.string(),
  remoteAddress: z.string(),
  message: z.string(), // as the protocol's page names it; empty: unreadable
  name: z.string().nullable(), // in words
  messageId: z.string().nullable(),
  error: z.string().nullable(), // which check it failed; null: none
  bytes: z.number().int(), // on the wire
  /** What was sent: text of protocols that are text, else hex digits. Cut off after some kB. */
  text: z.string().nullable(),
  hex: z.string().nullable(),
  cut: z.boolean(),
  fields: z.unknown(), // null: it could not be decoded, or is too long
});
export type TraceFrame = z.infer<typeof TraceFrame>;

/** Said on core NATS by whoever shows frames to somebody, and again before `forMs` are over: these are never left out. */
export const FramesWatched = {
  subject: 'cb.watch.frames',
  schema: z.object({ deviceId: DeviceId, forMs: z.number().int().min(1_000).max(600_000) }),
} as const;

/**
 * Lets a device seem to say something: a fact goes the way of every fact, marked as simulated. Refused in profile
 * production: SIMULATION_REFUSED.
 */
export const SimulateEvent = defineRequest({
  subject: 'cb.ask.gateway.simulate',
  timeoutMs: 6_000,
  request: z.object({
    deviceId: DeviceId,
    event: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('heartbeat'),
        voltageV: z.number().nullable(),
        temperatureC: z.number().nullable(),
        signal: z.number().nullable(),
      }),
      z.object({ kind: z.literal('status'), portNo: PortNo, state: PortState, fault: z.string().nullable() }),
      z.object({ kind: z.literal('start'), portNo: PortNo, cardId: z.string().nullable() }),
      z.object({
        kind: z.literal('stop'),
        portNo: PortNo,
        durationS: z.number().int().nonnegative(),
        energyWh: z.number().nonnegative(),
        endReason: z.string(),
        abnormal: z.boolean(),
      }),
    ]),
  }),
  reply: z.object({ factIds: z.array(z.string()), at: Instant }),
});

/** What became of the frames of one device in an hour, so far. */
export const FrameCount = z.object({
  deviceId: DeviceId,
  protocol: z.string(),
  outcome: z.string(), // `ok`, `checksum`, or why the frame was rejected
  frames: z.number().int().positive(), // since the hour or the gateway began
});
export type FrameCount = z.infer<typeof FrameCount>;

/** Said by each gateway every few seconds of what has grown. Sums, so that a repeat or a lost one changes nothing. */
export const CountFrames = defineRequest({
  subject: 'cb.ask.frames.count',
  timeoutMs: 5_000,
  request: z.object({ gateway: z.string(), hour: Instant, counts: z.array(FrameCount).min(1).max(5_000) }),
  reply: z.object({}),
});

export const FrameStatistics = z.object({
  protocol: z.string(),
  model: z.string().nullable(),
  firmwareVersion: z.string().nullable(),
  devices: z.number().int(),
  frames: z.number().int(), // all whole frames and those with a wrong checksum
  rejected: z.number().int(),
  rejectedBy: z.record(z.string(), z.number().int()), // by reason; they sum up to `rejected`
});
export type FrameStatistics = z.infer<typeof FrameStatistics>;
export const GetFrameStatistics = defineRequest({
  subject: 'cb.ask.frames.statistics',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    since: Instant, // the hour in which it lies counts as a whole
    until: Instant,
    protocol: z.string().nullable(),
    deviceId: z.string().nullable(),
  }),
  reply: z.object({ since: Instant, until: Instant, rows: z.array(FrameStatistics) }),
});
