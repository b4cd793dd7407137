import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Templates of parameters: named, with versions, for groups of devices. */
export class Templates1763730000620 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.param_templates (
        template_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        name text NOT NULL,
        groups jsonb NOT NULL DEFAULT '[]', -- codes of the device groups that shall have it
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (tenant_id, name)
      )`);
    await isolateTenants(runner, 'fleet.param_templates');
    await runner.query(`
      CREATE TABLE fleet.param_template_versions (
        template_id text NOT NULL REFERENCES fleet.param_templates ON DELETE CASCADE,
        version integer NOT NULL CHECK (version > 0),
        tenant_id uuid NOT NULL,
        values jsonb NOT NULL,       -- numbers, or {{variable}}
        variables jsonb NOT NULL,
        actor jsonb NOT NULL,
        note text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (template_id, version)
      )`);
    await isolateTenants(runner, 'fleet.param_template_versions');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.param_template_versions, fleet.param_templates');
  }
}
