import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The open changes of one device are found among ten thousand others, those that are held too. */
export class OpenChanges1763730000910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX fleet.param_changes_queue');
    await runner.query(
      `CREATE INDEX param_changes_queue ON fleet.param_changes (device_id, created_at) WHERE state <> 'done'`,
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX fleet.param_changes_queue');
    await runner.query(
      `CREATE INDEX param_changes_queue ON fleet.param_changes (device_id, created_at) WHERE state IN ('waiting', 'applying')`,
    );
  }
}
