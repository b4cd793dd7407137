import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Control actions, now and later, and diagnoses of devices. */
export class Controls1763730000610 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.controls (
        control_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        action text NOT NULL CHECK (action IN ('reboot', 'reset', 'maintenance_mode', 'normal_mode')),
        reason text,                 -- as given by who asked
        force boolean NOT NULL,      -- whoever charges
        notify boolean NOT NULL,     -- tell the world before
        notified boolean NOT NULL DEFAULT false,
        delay_s integer NOT NULL CHECK (delay_s >= 0),
        actor jsonb NOT NULL,
        state text NOT NULL DEFAULT 'scheduled' CHECK (state IN ('scheduled', 'running', 'done')),
        outcome text,
        why text,                    -- it did not come to what was asked for
        command_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        scheduled_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL, -- not looked at before
        leased_until timestamptz,
        finished_at timestamptz,
        CHECK ((finished_at IS NOT NULL) = (state = 'done')),
        CHECK ((outcome IS NOT NULL) = (state = 'done'))
      );
      CREATE INDEX controls_of_device ON fleet.controls (tenant_id, device_id, created_at DESC);
      CREATE INDEX controls_open ON fleet.controls (due_at) WHERE state <> 'done'`);
    await isolateTenants(runner, 'fleet.controls');
    await runner.query(`
      CREATE TABLE fleet.diagnoses (
        diagnosis_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        items jsonb NOT NULL,        -- what was asked for
        actor jsonb NOT NULL,
        results jsonb,               -- one entry per item; null: not over
        report jsonb,                -- what was known of the device then
        created_at timestamptz NOT NULL DEFAULT now(),
        due_at timestamptz NOT NULL DEFAULT now(),
        leased_until timestamptz,
        finished_at timestamptz,
        CHECK ((finished_at IS NOT NULL) = (results IS NOT NULL))
      );
      CREATE INDEX diagnoses_of_device ON fleet.diagnoses (tenant_id, device_id, created_at DESC);
      CREATE INDEX diagnoses_open ON fleet.diagnoses (due_at) WHERE finished_at IS NULL`);
    await isolateTenants(runner, 'fleet.diagnoses');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.diagnoses, fleet.controls');
  }
}
