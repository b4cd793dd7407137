import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Where clients want to be asked about id tokens. */
export class TokenCallbacks1763720000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook.token_callbacks (
        tenant_id uuid NOT NULL,
        client_id uuid NOT NULL,
        url text NOT NULL,
        timeout_ms integer NOT NULL,
        fallback text NOT NULL CHECK (fallback IN ('accepted', 'blocked', 'expired', 'no_credit', 'unknown')),
        secret_sealed text NOT NULL,
        secret_hint text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, client_id)
      )`);
    await isolateTenants(runner, 'webhook.token_callbacks');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook.token_callbacks');
  }
}
