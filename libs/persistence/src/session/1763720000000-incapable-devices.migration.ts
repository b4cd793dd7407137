import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What devices turned out not to be able to do, found by model for those that were not asked yet. */
export class IncapableDevices1763720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session.devices ADD COLUMN incapable jsonb NOT NULL DEFAULT '{}'`);
    await runner.query(
      `CREATE INDEX devices_incapable ON session.devices (tenant_id, protocol, model, firmware_version)
       WHERE incapable <> '{}'`,
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.devices DROP COLUMN incapable');
  }
}
