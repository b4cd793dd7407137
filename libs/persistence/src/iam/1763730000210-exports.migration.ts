import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Large exports, made in the background (ADR 0163). */
export class Exports1763730000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE iam.exports (
        export_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        client_id uuid NOT NULL,
        kind text NOT NULL,
        format text NOT NULL,
        filters jsonb NOT NULL, -- as in the query of the list
        within jsonb,           -- the part of the tenant that the client may see; null: all of it
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        attempts integer NOT NULL DEFAULT 0, -- of making it; the latest one alone may write here
        leased_until timestamptz,            -- after this another process takes over
        rows bigint NOT NULL DEFAULT 0,
        bytes bigint, sha256 text,
        error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        expires_at timestamptz -- when its bytes are gone
      )`);
    await runner.query(`
      CREATE INDEX exports_tenant ON iam.exports (tenant_id, created_at DESC, export_id DESC);
      CREATE INDEX exports_open ON iam.exports (created_at) WHERE state IN ('queued', 'running')`);
    await isolateTenants(runner, 'iam.exports');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE iam.exports');
  }
}
