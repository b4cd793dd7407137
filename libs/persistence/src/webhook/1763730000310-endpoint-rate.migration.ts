import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an endpoint's rate has been used up for, counted for all replicas. */
export class EndpointRate1763730000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook.endpoints ADD COLUMN rate_used_until timestamptz'); // null: never limited
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook.endpoints DROP COLUMN rate_used_until');
  }
}
