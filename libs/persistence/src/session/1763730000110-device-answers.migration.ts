import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Whether devices answered their last orders: beside the devices, whose rows facts write all day. */
export class DeviceAnswers1763730000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.device_answers (
        device_id text PRIMARY KEY REFERENCES session.devices ON DELETE CASCADE,
        tenant_id uuid NOT NULL,
        recent text NOT NULL, -- oldest first: 1 answered, 0 did not
        last_at timestamptz NOT NULL -- of the newest: nothing older is added
      )`);
    await isolateTenants(runner, 'session.device_answers');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.device_answers');
  }
}
