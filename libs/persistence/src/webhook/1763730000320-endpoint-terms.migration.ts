import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose an endpoint is, and on what terms it is sent to: own headers, an own deadline, an own number of retries. */
export class EndpointTerms1763730000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook.endpoints
        ADD COLUMN client_id uuid, -- who made it; null: made before this was kept
        ADD COLUMN headers_sealed text, -- a JSON object; null: none
        ADD COLUMN header_names text[] NOT NULL DEFAULT '{}',
        ADD COLUMN timeout_s integer CHECK (timeout_s BETWEEN 1 AND 30), -- null: the installation's
        ADD COLUMN retry_count integer CHECK (retry_count BETWEEN 0 AND 20) -- null: the whole schedule`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook.endpoints DROP COLUMN client_id, DROP COLUMN headers_sealed, DROP COLUMN header_names,
        DROP COLUMN timeout_s, DROP COLUMN retry_count`);
  }
}
