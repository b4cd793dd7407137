import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A client belongs to one tenant, so the tenant adds nothing to what makes an order unique. Without it in the index no
 * planner that knows too little of a young table can take a scan of the whole tenant for as cheap as looking one up.
 */
export class OrdersByClient1763720000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX session.sessions_order, session.sessions_idempotency');
    await runner.query(
      `CREATE UNIQUE INDEX sessions_order ON session.charging_sessions (client_id, third_party_order_no)
       WHERE third_party_order_no IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX sessions_idempotency ON session.charging_sessions (client_id, idempotency_key)
       WHERE idempotency_key IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX session.sessions_order, session.sessions_idempotency');
    await runner.query(
      `CREATE UNIQUE INDEX sessions_order ON session.charging_sessions (tenant_id, client_id, third_party_order_no)
       WHERE third_party_order_no IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX sessions_idempotency ON session.charging_sessions (tenant_id, client_id, idempotency_key)
       WHERE idempotency_key IS NOT NULL`,
    );
  }
}
