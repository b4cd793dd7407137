import { commonSettings, databaseSettings, defineConfig, redisSettings } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { RETENTION_DAYS } from '@chargebus/domain';
import { z } from 'zod';

const count = (max: number) => z.coerce.number().int().min(1).max(max);

export const configDefinition = defineConfig('command', {
  ...commonSettings,
  ...databaseSettings,
  ...redisSettings,
  QUEUE_MAX_COMMANDS: count(1_000_000).default(20_000).describe('open commands of all devices; more are refused'),
  QUEUE_MAX_PER_DEVICE: count(10_000).default(32).describe('open commands of one device; more are refused'),
  WORKER_CONCURRENCY: count(20_000)
    .default(2_000)
    .describe(
      'attempts under way in one process: so many of new commands, and so many of queued ones; stops not counted',
    ),
  DEVICE_IN_FLIGHT_MAX: count(100).default(4).describe('attempts under way for one device in one process'),
  ATTEMPTS_MAX: count(100).default(5).describe('failed attempts before a command is a dead letter'),
  RETRY_DELAY_MS: count(600_000).default(1_000).describe('after the first failed attempt; doubles with each'),
  RETRY_DELAY_MAX_MS: count(3_600_000).default(60_000),
  OFFLINE_RECHECK_MAX_MS: count(3_600_000)
    .default(300_000)
    .describe('longest pause between two looks for an absent device; device.online ends it'),
  SEND_WINDOW_MS: count(600_000).default(30_000).describe('how long the gateway may keep a command before it sends it'),
  SEND_GRACE_MS: count(60_000).default(5_000).describe('silence of a gateway after that, until it counts as gone'),
  LEASE_MS: z.coerce.number().int().min(300).max(120_000).default(15_000).describe('how soon another replica goes on'),
  SWEEP_INTERVAL_MS: count(60_000).default(1_000).describe('between two looks for expired and forgotten commands'),
  OVERDUE_MS: count(600_000).default(3_000).describe('a command that nobody looked at for so long is queued again'),
  RETENTION_DAYS: count(36_500)
    .default(RETENTION_DAYS.commands)
    .describe('finished commands older are archived with their attempts, unless their tenant says otherwise'),
});
export type Config = ConfigOf<typeof configDefinition>;
