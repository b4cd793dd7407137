import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Parameters of devices: changes that were asked for, what is known, and every version that there was. */
export class Parameters1763730000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.param_changes (
        change_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('held', 'waiting', 'applying', 'done')),
        requested jsonb NOT NULL,    -- name: value; null: the platform forgets it
        mode text NOT NULL CHECK (mode IN ('strict', 'loose')),
        backup boolean NOT NULL,     -- keep what was before as a version of its own
        source text NOT NULL,        -- token: api, batch, template, restore, reconcile
        actor jsonb NOT NULL,        -- who asked
        note text,                   -- why, or what it comes from
        job_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL DEFAULT now(), -- not looked at before
        leased_until timestamptz,    -- a process works on it until then, unless it says so again
        finished_at timestamptz,
        outcome text,
        reason text,
        result jsonb,                -- one entry per parameter
        version integer,             -- that it made; null: none
        announced boolean NOT NULL DEFAULT false,
        CHECK ((finished_at IS NOT NULL) = (state = 'done')),
        CHECK ((outcome IS NOT NULL) = (state = 'done'))
      );
      CREATE INDEX param_changes_of_device ON fleet.param_changes (tenant_id, device_id, created_at DESC);
      CREATE INDEX param_changes_open ON fleet.param_changes (due_at) WHERE state <> 'done' OR NOT announced;
      CREATE INDEX param_changes_queue ON fleet.param_changes (device_id, created_at) WHERE state IN ('waiting', 'applying')`);
    await isolateTenants(runner, 'fleet.param_changes');
    await runner.query(`
      CREATE TABLE fleet.param_values (
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        name text NOT NULL,
        value jsonb,                 -- null: the platform does not watch it
        source text NOT NULL CHECK (source IN ('device', 'platform', 'written')), -- written: not read back
        known_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, device_id, name)
      )`);
    await isolateTenants(runner, 'fleet.param_values');
    await runner.query(`
      CREATE TABLE fleet.param_versions (
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        change_id text NOT NULL,
        source text NOT NULL,        -- as of the change; backup: what was before it
        actor jsonb NOT NULL,
        note text,
        job_id text,
        changes jsonb NOT NULL,      -- name, before, after
        values jsonb NOT NULL,       -- everything that is known then
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, device_id, version)
      );
      CREATE INDEX param_versions_of_tenant ON fleet.param_versions (tenant_id, created_at DESC)`);
    await isolateTenants(runner, 'fleet.param_versions');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.param_versions, fleet.param_values, fleet.param_changes');
  }
}
