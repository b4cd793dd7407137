import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Dangerous orders that wait for a second person. */
export class Approvals1763730000430 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE iam.approvals (
        approval_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES iam.tenants,
        device_id text NOT NULL,
        command jsonb NOT NULL,
        reason text NOT NULL,
        expires_in_s integer NOT NULL, -- of the command, from its approval
        status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected')),
        requested_by uuid NOT NULL REFERENCES iam.clients,
        requested_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL, -- a decision after that does not count
        decided_by uuid REFERENCES iam.clients CHECK (decided_by <> requested_by),
        decided_at timestamptz,
        comment text,
        command_id uuid, -- set once the order was given
        CHECK ((status = 'pending') = (decided_by IS NULL))
      )`);
    await isolateTenants(runner, 'iam.approvals');
    await runner.query('CREATE INDEX ON iam.approvals (tenant_id, requested_at DESC)');
    await runner.query("CREATE INDEX ON iam.approvals (decided_at) WHERE status = 'approved' AND command_id IS NULL");
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE iam.approvals');
  }
}
