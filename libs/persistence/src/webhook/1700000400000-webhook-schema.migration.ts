import type { MigrationInterface, QueryRunner } from 'typeorm';
import { partitionByDay } from '../daily-partitions';
import { createOutbox } from '../outbox';
import { createAppSchema, isolateTenants } from '../tenancy.migration';

/** Endpoints, deliveries and their attempts; ids sort by time, so that they are also the order of lists. */
export class Webhooks1700000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'webhook');
    await createEndpoints(runner);
    await createDeliveries(runner);
    await createAttempts(runner);
    await createOutbox(runner, 'webhook');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA webhook CASCADE');
  }
}

async function createEndpoints(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE webhook.endpoints (
      endpoint_id text COLLATE "C" PRIMARY KEY,
      tenant_id uuid NOT NULL,
      url text NOT NULL,
      events text[] NOT NULL, -- names and wildcards
      payload_version text NOT NULL CHECK (payload_version IN ('v1', 'v1-flat')),
      signature text NOT NULL CHECK (signature IN ('standard', 'classic', 'both')),
      description text,
      status text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
      disabled_reason text CHECK (disabled_reason IN ('by_user', 'gone', 'failing')),
      secret_sealed text NOT NULL,
      secret_hint text NOT NULL,
      previous_secret_sealed text,
      previous_secret_until timestamptz, -- until then both secrets sign
      failures integer NOT NULL DEFAULT 0, -- failed attempts since the last success
      failing_since timestamptz, -- the first of them
      paused_until timestamptz, -- the receiver said Retry-After
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz -- its deliveries are removed in the background
    )`);
  await runner.query('CREATE INDEX ON webhook.endpoints (tenant_id, endpoint_id) WHERE deleted_at IS NULL');
  await isolateTenants(runner, 'webhook.endpoints');
}

async function createDeliveries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE webhook.deliveries (
      endpoint_id text COLLATE "C" NOT NULL REFERENCES webhook.endpoints,
      delivery_id text COLLATE "C" NOT NULL,
      tenant_id uuid NOT NULL,
      event_id text NOT NULL,
      event_type text NOT NULL,
      device_id text, -- null: the event is about no device
      occurred_at timestamptz NOT NULL,
      body text NOT NULL, -- rendered once; every attempt sends these bytes
      state text NOT NULL CHECK (state IN ('pending', 'succeeded', 'dead', 'cancelled')),
      fresh boolean NOT NULL DEFAULT true, -- never attempted: goes through the fast lane
      due_at timestamptz NOT NULL, -- who may take it when: the next attempt, or the end of the lease of who took it
      claim_no integer NOT NULL DEFAULT 0, -- how often it was taken; a result of an older claim changes nothing
      attempts integer NOT NULL DEFAULT 0, -- all attempts ever
      tries integer NOT NULL DEFAULT 0, -- attempts since the schedule began; a resend begins it again
      created_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz,
      PRIMARY KEY (endpoint_id, delivery_id)
    ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 1)`);
  await runner.query('CREATE UNIQUE INDEX ON webhook.deliveries (endpoint_id, event_id)'); // an event reaches an endpoint once
  await runner.query(
    `CREATE INDEX deliveries_fresh ON webhook.deliveries (endpoint_id, due_at, delivery_id) WHERE state = 'pending' AND fresh`,
  );
  await runner.query(
    `CREATE INDEX deliveries_retry ON webhook.deliveries (endpoint_id, due_at, delivery_id) WHERE state = 'pending' AND NOT fresh`,
  );
  await isolateTenants(runner, 'webhook.deliveries');
}

async function createAttempts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE webhook.attempts (
      delivery_id text COLLATE "C" NOT NULL,
      attempt_no integer NOT NULL,
      at timestamptz NOT NULL,
      tenant_id uuid NOT NULL,
      status integer, -- HTTP; null: no answer
      error text,
      duration_ms real NOT NULL,
      response_excerpt text,
      PRIMARY KEY (delivery_id, attempt_no, at)
    ) PARTITION BY RANGE (at)`);
  await partitionByDay(runner, 'webhook', 'attempts');
}
