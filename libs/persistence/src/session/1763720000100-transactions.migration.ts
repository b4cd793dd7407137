import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Charges that devices name themselves, and numbers for those devices that want theirs from us (OCPP 1.6). */
export class Transactions1763720000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.charging_sessions ADD transaction_ref text, ADD transaction jsonb');
    await runner.query(
      `CREATE UNIQUE INDEX sessions_transaction ON session.charging_sessions (device_id, transaction_ref)
       WHERE transaction_ref IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE session.transaction_numbers (
        device_id text NOT NULL,
        start_key text NOT NULL, -- what makes a start the same start
        tenant_id uuid NOT NULL,
        number bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (device_id, start_key)
      )`);
    await isolateTenants(runner, 'session.transaction_numbers');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.transaction_numbers');
    await runner.query('ALTER TABLE session.charging_sessions DROP transaction, DROP transaction_ref');
  }
}
