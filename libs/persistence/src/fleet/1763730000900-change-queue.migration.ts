import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One change of a device is worked on at a time, whoever takes it. */
export class ChangeQueue1763730000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE fleet.param_changes SET leased_until = NULL WHERE state <> 'done'`);
    await runner.query(`
      CREATE UNIQUE INDEX param_changes_taken ON fleet.param_changes (device_id)
        WHERE leased_until IS NOT NULL AND state <> 'done'`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX fleet.param_changes_taken');
  }
}
