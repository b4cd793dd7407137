import {
  commonSettings,
  csvStrings,
  databaseSettings,
  defineConfig,
  linkSettings,
  secretsSettings,
  tcpPort,
} from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { RETENTION_DAYS } from '@chargebus/domain';
import { z } from 'zod';

const count = (max: number) => z.coerce.number().int().min(1).max(max);
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

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
  ...linkSettings,
  OUTBOUND_ALLOW_CIDRS: csvStrings
    .default([])
    .describe('ranges that firmware may be fetched from besides public addresses; development adds loopback'),
  FIRMWARE_MAX_BYTES: whole(1_024, 4_294_967_296).default(268_435_456).describe('of an image that is fetched'),
  FIRMWARE_FETCH_TIMEOUT_S: whole(1, 3_600).default(600).describe('from the first packet to the last byte'),
  FIRMWARE_LINK_LIFE_S: whole(60, 604_800).default(14_400).describe('of what a device fetches an image with'),
  FIRMWARE_WAIT_S: whole(60, 2_592_000)
    .default(86_400)
    .describe('how long an upgrade waits for its device to be online and idle'),
  FIRMWARE_VERIFY_S: whole(10, 604_800)
    .default(3_600)
    .describe('how long the new version is awaited after the device took the order'),
  FTP_HOST: z.string().default('127.0.0.1').describe('address where devices fetch files by FTP'),
  FTP_PORT: tcpPort.default(0).describe('port of FTP; 0: off, and what is upgraded by FTP alone cannot be'),
  FTP_PUBLIC_ADDRESS: z.ipv4().default('127.0.0.1').describe('address of FTP as devices reach it'),
  FTP_PUBLIC_PORT: tcpPort.default(0).describe('port of FTP as devices reach it; 0: FTP_PORT'),
  FTP_PASSIVE_MIN_PORT: whole(1_024, 65_535).default(30_100).describe('first port of data connections'),
  FTP_PASSIVE_MAX_PORT: whole(1_024, 65_535).default(30_199).describe('last port of data connections'),
  LOG_UPLOAD_MAX_BYTES: whole(1_024, 4_294_967_296).default(268_435_456).describe('of a log that a device brings'),
  LOG_RETENTION_DAYS: count(36_500)
    .default(RETENTION_DAYS.deviceLogs)
    .describe('how long logs that devices brought are kept, unless their tenant says otherwise'),
  LOG_UPLOAD_LIFE_S: whole(60, 86_400).default(3_600).describe('how long a device may take to bring its log'),
});
export type Config = ConfigOf<typeof configDefinition>;
