import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createOutbox } from '../outbox';
import { createAppSchema } from '../tenancy.migration';

/** The schema of the app `fleet`, still without tables but its outbox. */
export class Fleet1763730000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'fleet');
    await createOutbox(runner, 'fleet');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA fleet CASCADE');
  }
}
