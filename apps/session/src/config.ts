import { RETENTION_DAYS, TenantId } from '@chargebus/domain';
import type { RetentionDays } from '@chargebus/domain';
import { commonSettings, ConfigError, databaseSettings, defineConfig, redisSettings } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { z } from 'zod';
import type { CredentialRules } from './credentials/credential.service';
import type { Rules } from './devices/rules';

const seconds = (min: number, max: number, byDefault: number) => z.coerce.number().min(min).max(max).default(byDefault);

const days = (byDefault: number) => z.coerce.number().int().min(1).max(36_500).default(byDefault);

export const configDefinition = defineConfig('session', {
  ...commonSettings,
  ...databaseSettings,
  ...redisSettings,
  ADOPT_UNKNOWN_DEVICES_TENANT_ID: z
    .string()
    .optional()
    .describe('development only: unknown devices become devices of this tenant at once'),
  CARD_DECISION: z
    .enum(['accepted', 'unknown_card'])
    .default('unknown_card')
    .describe('answer about a token that is in no register and that no client is asked about'),
  TOKEN_CALLBACK_CACHE_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(600_000)
    .default(5_000)
    .describe('how late the first token callback of a tenant is noticed'),
  FACT_BATCH_MAX: z.coerce.number().int().min(1).max(10_000).default(512).describe('messages taken of one partition'),
  COMMIT_BATCH_MAX: z.coerce.number().int().min(1).max(20_000).default(4_000).describe('facts in one transaction'),
  COMMIT_LANES: z.coerce.number().int().min(1).max(16).default(2).describe('transactions under way at once'),
  DEVICE_CACHE_SIZE: z.coerce.number().int().min(100).max(1_000_000).default(40_000).describe('devices kept in memory'),
  CAPABILITY_CACHE_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600_000)
    .default(15_000)
    .describe('how late other devices of a model learn what one of them cannot do'),
  CONNECTION_GRACE_S: seconds(0, 600, 15).describe('a closed connection is not offline before this'),
  EVIDENCE_WINDOW_S: seconds(0, 3_600, 60).describe('a start without a clear answer may prove itself (AP3000 §13)'),
  REJECTED_REPLY_S: seconds(0, 60, 3).describe("a refusal waits this long for the device's own words"),
  SUBMIT_RETRY_S: seconds(0.1, 600, 5).describe('an order that the command service has not taken is given again'),
  START_EXPIRY_S: seconds(1, 86_400, 120).describe('a start must not reach the device later than this'),
  STOP_EXPIRY_S: seconds(1, 86_400, 3_600).describe('the same for a stop'),
  STOP_RETRY_S: seconds(1, 86_400, 60).describe('a limit or condition orders its next stop not before this'),
  STOP_REPEAT_S: seconds(1, 86_400, 60).describe(
    'devices that name their charges (OCPP): a stop follows an accepted stop or a refused start that ended nothing',
  ),
  SETTLEMENT_GRACE_S: seconds(1, 864_000, 2_100).describe(
    'a port that charges no more may still be settled; AP3000 devices repeat a settlement every 30 min',
  ),
  TRANSACTION_GAP_S: seconds(0, 86_400, 120).describe('steps that are missing when a transaction ends may still come'),
  TRANSACTION_STOP_GRACE_S: seconds(1, 864_000, 1_200).describe(
    'SETTLEMENT_GRACE_S of devices that name their charges (OCPP): 15 min and the repeats of a message',
  ),
  ORPHAN_AFTER_H: z.coerce.number().min(0.001).max(8_760).default(24).describe('an interrupted charge is given up'),
  LIMIT_OVERRUN_S: seconds(0, 3_600, 60).describe('a time limit without any sample is enforced this much later'),
  LOW_POWER_HOLD_S: seconds(0, 86_400, 60).describe('low power must last this long by the count of the device'),
  LATCHED_FAULT_H: z.coerce.number().min(0.001).max(8_760).default(24).describe('age that ends a fault without an end'),
  NOTIFY_INTERVAL_S: seconds(1, 3_600, 30).describe('progress events of charges that nobody ordered'),
  LAST_SEEN_STEP_S: seconds(0, 600, 15).describe('how exactly the database follows frames that change nothing else'),
  SWEEP_EVERY_MS: z.coerce.number().int().min(10).max(600_000).default(500).describe('looks for what fell due'),
  PASSWORD_OVERLAP_S: seconds(0, 86_400, 600).describe('both passwords count after a device took the newer one'),
  STATION_CA_FILE: z
    .string()
    .optional()
    .describe('PEM with certificate and key that signs certificates of stations; made if missing in development'),
  STATION_OPERATOR: z.string().optional().describe('organisation (O) that certificates of stations must name'),
  STATION_CERTIFICATE_DAYS: z.coerce.number().int().min(1).max(3_650).default(365),
  CERTIFICATE_WARNING_DAYS: z.coerce.number().int().min(0).max(365).default(30).describe('alarm before one ends'),
  METER_RETENTION_DAYS: days(RETENTION_DAYS.samples).describe(
    'samples older are archived, unless their tenant says otherwise',
  ),
  SESSION_RETENTION_DAYS: days(RETENTION_DAYS.sessions).describe('the same for sessions with their hourly values'),
  ARCHIVE_RETENTION_DAYS: days(RETENTION_DAYS.archives).describe(
    'archives older are removed, unless their tenant says otherwise; counted from the end of what is in them',
  ),
  ALARM_RETENTION_DAYS: days(RETENTION_DAYS.logs).describe('the same for alarms and faults that are over'),
});
export type Config = ConfigOf<typeof configDefinition>;

/** Of tenants that have no policy of their own. Sessions stay at least as long as their samples. */
export const retentionOf = (config: Config): Pick<RetentionDays, 'samples' | 'sessions' | 'logs'> => ({
  samples: config.METER_RETENTION_DAYS,
  sessions: Math.max(config.SESSION_RETENTION_DAYS, config.METER_RETENTION_DAYS),
  logs: config.ALARM_RETENTION_DAYS,
});

/** Throws ConfigError when a loosened setting is used outside the profile that may. */
export function adoptionTenant(config: Config): TenantId | null {
  const id = config.ADOPT_UNKNOWN_DEVICES_TENANT_ID;
  if (id === undefined) return null;
  if (config.CHARGEBUS_PROFILE !== 'development')
    throw new ConfigError(
      `ADOPT_UNKNOWN_DEVICES_TENANT_ID belongs to profile development; profile ${config.CHARGEBUS_PROFILE} refuses it`,
    );
  return TenantId.parse(id);
}

export const rulesOf = (config: Config): Rules => ({
  connectionGraceMs: config.CONNECTION_GRACE_S * 1000,
  evidenceWindowMs: config.EVIDENCE_WINDOW_S * 1000,
  rejectedReplyMs: config.REJECTED_REPLY_S * 1000,
  submitRetryMs: config.SUBMIT_RETRY_S * 1000,
  startExpiryMs: config.START_EXPIRY_S * 1000,
  stopExpiryMs: config.STOP_EXPIRY_S * 1000,
  stopRetryMs: config.STOP_RETRY_S * 1000,
  stopRepeatMs: config.STOP_REPEAT_S * 1000,
  settlementGraceMs: config.SETTLEMENT_GRACE_S * 1000,
  transactionGapMs: config.TRANSACTION_GAP_S * 1000,
  transactionStopGraceMs: config.TRANSACTION_STOP_GRACE_S * 1000,
  orphanAfterMs: config.ORPHAN_AFTER_H * 3_600_000,
  limitOverrunMs: config.LIMIT_OVERRUN_S * 1000,
  lowPowerHoldS: config.LOW_POWER_HOLD_S,
  latchedFaultMs: config.LATCHED_FAULT_H * 3_600_000,
  defaultNotifyIntervalS: config.NOTIFY_INTERVAL_S,
  lastSeenStepMs: config.LAST_SEEN_STEP_S * 1000,
});

/** Devices that nobody gave credentials come in freely in a laboratory, and not at all elsewhere. */
export const credentialRulesOf = (config: Config): CredentialRules => ({
  overlapMs: config.PASSWORD_OVERLAP_S * 1000,
  byDefault: {
    enabled: true,
    subprotocols: null,
    securityProfile: config.CHARGEBUS_PROFILE === 'development' ? 0 : 1,
    nextSecurityProfile: null,
    passwordHash: null,
    passwordUntilMs: null,
    nextPasswordHash: null,
    certificateCn: null,
    answersPings: true,
  },
});
