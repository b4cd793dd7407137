import {
  commonSettings,
  csvNumbers,
  csvStrings,
  databaseSettings,
  defineConfig,
  secretsSettings,
} from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { z } from 'zod';

const whole = () => z.coerce.number().int();

export const configDefinition = defineConfig('webhook-dispatcher', {
  ...commonSettings,
  ...databaseSettings,
  ...secretsSettings,
  OUTBOUND_ALLOW_CIDRS: csvStrings
    .default([])
    .describe('ranges that webhooks may reach besides public addresses; development adds loopback'),
  WEBHOOK_TIMEOUT_MS: whole().min(100).max(12_000).default(10_000).describe('one attempt, answer included'),
  WEBHOOK_RETRY_DELAYS_S: csvNumbers
    .default([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
    .describe('one entry per retry, each ±20 %; then the dead letter'),
  WEBHOOK_ENDPOINT_CONCURRENCY: whole()
    .min(1)
    .max(200)
    .default(32)
    .describe('first attempts at one endpoint at a time, per process; retries get a quarter of it beside them'),
  WEBHOOK_MAX_IN_FLIGHT: whole()
    .min(1)
    .max(20_000)
    .default(2_000)
    .describe('deliveries that a process takes at a time, under way or waiting for their turn'),
  WEBHOOK_POLL_MS: whole().min(20).max(60_000).default(500).describe('how often due retries are looked for'),
  WEBHOOK_BEHIND_AFTER_MS: whole()
    .min(0)
    .max(3_600_000)
    .default(5_000)
    .describe('a sample that waited longer at a busy endpoint is left out for a newer one of its charge'),
  WEBHOOK_LEASE_MS: whole()
    .min(500)
    .max(600_000)
    .default(15_000)
    .describe('after a crash, deliveries under way are taken over this much later'),
  WEBHOOK_DISABLE_AFTER_S: whole()
    .min(0)
    .default(259_200)
    .describe('an endpoint without a success for so long is disabled …'),
  WEBHOOK_DISABLE_AFTER_FAILURES: whole().min(1).default(20).describe('… if so many attempts failed meanwhile'),
  WEBHOOK_ENDPOINTS_PER_TENANT: whole().min(1).default(50),
  WEBHOOK_SECRET_OVERLAP_S: whole().min(0).default(86_400).describe('how long both secrets sign after a rotation'),
  WEBHOOK_RETENTION_DAYS: whole().min(1).max(400).default(30).describe('delivery log, of tenants that say nothing'),
});
export type Config = ConfigOf<typeof configDefinition>;
