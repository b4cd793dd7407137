import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Cards and other id tokens that may charge, or may not. */
export class Tokens1763720000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.tokens (
        tenant_id uuid NOT NULL,
        token_key text COLLATE "C" NOT NULL, -- the token in lower case
        token text NOT NULL,
        type text,
        status text NOT NULL CHECK (status IN ('accepted', 'blocked', 'expired', 'no_credit')),
        expires_at timestamptz,
        group_id text,
        balance_fen integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, token_key)
      )`);
    await runner.query('CREATE INDEX tokens_group ON session.tokens (tenant_id, group_id) WHERE group_id IS NOT NULL');
    await isolateTenants(runner, 'session.tokens');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.tokens');
  }
}
