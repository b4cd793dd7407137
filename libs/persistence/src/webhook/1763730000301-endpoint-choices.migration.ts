import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** What an endpoint may choose besides events: devices, a rate, ed25519; which deliveries go first, and resends. */
export class EndpointChoices1763730000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook.endpoints
        ADD COLUMN device_filter jsonb, -- null: all devices, and events about none
        ADD COLUMN within jsonb, -- the part of the tenant that its owner may see; null: all of it
        ADD COLUMN rate_limit_per_min integer CHECK (rate_limit_per_min > 0), -- null: none
        ADD COLUMN ed25519_sealed text, -- private key, PKCS #8; null: made when it is asked for
        ADD COLUMN ed25519_public text,
        ADD COLUMN previous_ed25519_sealed text,
        DROP CONSTRAINT endpoints_signature_check,
        ADD CONSTRAINT endpoints_signature_check CHECK (signature IN ('standard', 'classic', 'both', 'ed25519', 'all'))`);
    await runner.query(`
      ALTER TABLE webhook.deliveries
        ADD COLUMN priority smallint NOT NULL DEFAULT 1, -- 0 passes what waits, 2 lets everything pass
        ADD COLUMN coalesce_key text, -- of several that wait with the same one, only the newest is of use
        DROP CONSTRAINT deliveries_state_check,
        ADD CONSTRAINT deliveries_state_check CHECK (state IN ('pending', 'succeeded', 'dead', 'cancelled', 'superseded'))`);
    await runner.query('DROP INDEX webhook.deliveries_fresh');
    await runner.query(
      `CREATE INDEX deliveries_fresh ON webhook.deliveries (endpoint_id, priority, due_at, delivery_id)
       WHERE state = 'pending' AND fresh`,
    );
    await runner.query(
      `CREATE INDEX deliveries_coalesced ON webhook.deliveries (endpoint_id, coalesce_key)
       WHERE state = 'pending' AND fresh AND coalesce_key IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE webhook.resends (
        resend_id text COLLATE "C" PRIMARY KEY,
        tenant_id uuid NOT NULL,
        endpoint_id text COLLATE "C" NOT NULL REFERENCES webhook.endpoints ON DELETE CASCADE,
        filter jsonb NOT NULL,
        state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished')),
        total integer NOT NULL, -- that fitted when it was asked for
        scheduled integer NOT NULL DEFAULT 0,
        cursor text COLLATE "C" NOT NULL, -- the last delivery that was looked at
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
    await runner.query('CREATE INDEX ON webhook.resends (endpoint_id, resend_id)');
    await runner.query(`CREATE INDEX ON webhook.resends (resend_id) WHERE state = 'running'`);
    await isolateTenants(runner, 'webhook.resends');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook.resends');
    await runner.query('DROP INDEX webhook.deliveries_coalesced, webhook.deliveries_fresh');
    await runner.query(
      `CREATE INDEX deliveries_fresh ON webhook.deliveries (endpoint_id, due_at, delivery_id) WHERE state = 'pending' AND fresh`,
    );
    await runner.query('ALTER TABLE webhook.deliveries DROP COLUMN priority, DROP COLUMN coalesce_key');
    await runner.query(`
      ALTER TABLE webhook.endpoints DROP COLUMN device_filter, DROP COLUMN within, DROP COLUMN rate_limit_per_min,
        DROP COLUMN ed25519_sealed, DROP COLUMN ed25519_public, DROP COLUMN previous_ed25519_sealed`);
  }
}
