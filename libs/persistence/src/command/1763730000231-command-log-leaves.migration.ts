import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants keep their command log for different times, so old orders are found by tenant. */
export class CommandLogLeaves1763730000231 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX commands_of_tenant_by_finish ON command.commands (tenant_id, finished_at) WHERE finished_at IS NOT NULL`,
    );
    await runner.query('DROP INDEX command.commands_by_finish');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX commands_by_finish ON command.commands (finished_at) WHERE finished_at IS NOT NULL',
    );
    await runner.query('DROP INDEX command.commands_of_tenant_by_finish');
  }
}
