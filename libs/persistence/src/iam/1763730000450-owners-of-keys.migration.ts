import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose key a key is, so that two keys of one person are one hand; and which approvals the world was told of. */
export class OwnersOfKeys1763730000450 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE iam.clients
        ADD COLUMN owner_id uuid REFERENCES iam.clients, -- the person who has its secret; null: nobody in particular
        ADD CONSTRAINT clients_owner_check CHECK (owner_id IS NULL OR kind = 'key')`);
    await runner.query(`
      UPDATE iam.clients k SET owner_id = p.client_id FROM iam.clients p
      WHERE k.kind = 'key' AND k.created_by = p.client_id AND p.kind = 'person' AND p.tenant_id = k.tenant_id
        AND NOT 'internal' = ANY (p.scopes)`);
    await runner.query(`
      ALTER TABLE iam.approvals
        ADD COLUMN told text CHECK (told IN ('pending', 'approved', 'rejected', 'expired'))`); // the last state that an event told
    await runner.query(`
      UPDATE iam.approvals
      SET told = CASE WHEN status = 'pending' AND expires_at <= now() THEN 'expired' ELSE status END`);
    await runner.query(
      "CREATE INDEX approvals_untold ON iam.approvals (expires_at) WHERE told IS NULL OR told = 'pending'",
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE iam.approvals DROP COLUMN told');
    await runner.query('ALTER TABLE iam.clients DROP COLUMN owner_id');
  }
}
