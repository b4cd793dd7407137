import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** What changes about a rollout besides its job: whether it is halted, and since when a wave is over. */
export class Rollouts1763730000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.rollouts (
        rollout_id text PRIMARY KEY REFERENCES fleet.jobs ON DELETE CASCADE,
        tenant_id uuid NOT NULL,
        firmware_id text, -- null: each device gets back what it had
        halted_at timestamptz,
        halt_reason text,
        forgiven int NOT NULL DEFAULT 0, -- failures that were known when it was resumed
        wave_over int, -- the wave that is over, and since when
        wave_over_at timestamptz
      )`);
    await isolateTenants(runner, 'fleet.rollouts');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.rollouts');
  }
}
