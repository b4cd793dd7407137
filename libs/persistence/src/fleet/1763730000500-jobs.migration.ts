import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Jobs over many devices and their items. */
export class Jobs1763730000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.jobs (
        job_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        client_id uuid,              -- null: made by the product itself
        within json,                 -- the part of the tenant that it may touch; null: all of it
        kind text NOT NULL,
        parameters json NOT NULL,    -- the kind's own
        concurrency integer NOT NULL CHECK (concurrency > 0), -- items under way at once; 1: in their order
        timeout_ms bigint NOT NULL,  -- of one item
        continue_on_error boolean NOT NULL,
        idempotency_key text,
        request_hash text,
        state text NOT NULL CHECK (state IN ('preparing', 'running', 'ending', 'completed', 'failed', 'cancelled')),
        ends_as text CHECK (ends_as IN ('failed', 'cancelled')), -- not null: no further item is begun
        reason text,                 -- why it ends early
        position text,               -- how far its items are found; null: none yet
        stage integer NOT NULL DEFAULT 1, -- items of later stages wait
        total integer NOT NULL DEFAULT 0,
        pending integer NOT NULL DEFAULT 0,
        running integer NOT NULL DEFAULT 0,
        succeeded integer NOT NULL DEFAULT 0,
        failed integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        events integer NOT NULL DEFAULT 0, -- how many told of it
        told_at timestamptz NOT NULL DEFAULT now(), -- when the last of them did
        due_at timestamptz NOT NULL DEFAULT now(), -- not looked at before
        leased_until timestamptz,    -- a process works on it until then, unless it says so again
        lease_no integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        CHECK (total = pending + running + succeeded + failed + skipped),
        CHECK ((finished_at IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled')))
      )`);
    await runner.query(`
      CREATE INDEX jobs_of_tenant ON fleet.jobs (tenant_id, job_id DESC);
      CREATE INDEX jobs_open ON fleet.jobs (due_at) WHERE finished_at IS NULL;
      CREATE INDEX jobs_by_finish ON fleet.jobs (finished_at) WHERE finished_at IS NOT NULL;
      CREATE UNIQUE INDEX jobs_by_key ON fleet.jobs (tenant_id, client_id, idempotency_key)
        WHERE idempotency_key IS NOT NULL`);
    await isolateTenants(runner, 'fleet.jobs');
    await runner.query(`
      CREATE TABLE fleet.job_items (
        job_id text NOT NULL REFERENCES fleet.jobs ON DELETE CASCADE,
        item_no integer NOT NULL,    -- counted from 1, the order in which they begin
        tenant_id uuid NOT NULL,
        stage integer NOT NULL DEFAULT 1,
        device_id text,              -- as it was asked for; null: the item is about no device
        input jsonb NOT NULL,        -- the kind's own
        status text NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'skipped')),
        times_begun integer NOT NULL DEFAULT 0,
        lease_no integer,            -- of the job, when it was begun
        command_id uuid,             -- the order whose end is awaited
        wait_key text,               -- or what else is
        due_at timestamptz NOT NULL DEFAULT now(), -- not begun before
        deadline_at timestamptz,     -- under way no longer than this
        look_at timestamptz,         -- when somebody asks how the order stands
        looks integer NOT NULL DEFAULT 0,
        code text,                   -- of a failure: name of an error
        reason text,
        result jsonb,
        started_at timestamptz,
        finished_at timestamptz,
        PRIMARY KEY (job_id, item_no)
      )`);
    await runner.query(`
      CREATE INDEX job_items_pending ON fleet.job_items (job_id, stage, item_no) WHERE status = 'pending';
      CREATE INDEX job_items_running ON fleet.job_items (job_id, item_no) WHERE status = 'running';
      CREATE INDEX job_items_by_command ON fleet.job_items (command_id) WHERE status = 'running';
      CREATE INDEX job_items_by_wait_key ON fleet.job_items (wait_key) WHERE status = 'running'`);
    await isolateTenants(runner, 'fleet.job_items');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.job_items; DROP TABLE fleet.jobs');
  }
}
