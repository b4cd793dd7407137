import { commonSettings, databaseSettings, defineConfig, secretsSettings } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { z } from 'zod';

const count = (max: number) => z.coerce.number().int().min(1).max(max);

export const configDefinition = defineConfig('fleet', {
  ...commonSettings,
  ...databaseSettings,
  ...secretsSettings,
  JOBS_MAX: count(10_000).default(50).describe('jobs that one process works on at once; others wait'),
  JOB_ITEMS_MAX: count(100_000).default(2_000).describe('items that one process carries out at once, of all its jobs'),
  JOB_LEASE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(120_000)
    .default(15_000)
    .describe('how soon another process goes on with the jobs of one that died'),
  JOB_PROGRESS_INTERVAL_MS: count(3_600_000).default(5_000).describe('least time between two job.progress of one job'),
  PARAM_CHANGES_MAX: count(2_000).default(200).describe('parameter changes that one process carries out at once'),
  JOB_RETENTION_DAYS: count(3_650).default(90).describe('how long jobs that are over are kept'),
});
export type Config = ConfigOf<typeof configDefinition>;
