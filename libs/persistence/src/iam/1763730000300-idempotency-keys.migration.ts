import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** What became of requests that carried an Idempotency-Key. `answer_sealed` null: under way, until `locked_until`. */
export class IdempotencyKeys1763730000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE iam.idempotency_keys (
        tenant_id uuid NOT NULL,
        client_id uuid NOT NULL,
        route text NOT NULL, -- method and path, without the query
        key text NOT NULL,
        fingerprint text NOT NULL, -- of query and body
        claim_no integer NOT NULL DEFAULT 1,
        locked_until timestamptz NOT NULL,
        answer_sealed text,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, client_id, route, key)
      )`);
    await isolateTenants(runner, 'iam.idempotency_keys');
    await runner.query('CREATE INDEX ON iam.idempotency_keys (expires_at)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE iam.idempotency_keys');
  }
}
