import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index that lets an event reach an endpoint once begins with the event. With the endpoint first, a plan made while
 * the table was young took it for a way to find a delivery, and read every delivery of the endpoint to find one.
 */
export class OnceByEvent1763720000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.deliveries_endpoint_id_event_id_idx');
    await runner.query('CREATE UNIQUE INDEX deliveries_once ON webhook.deliveries (event_id, endpoint_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.deliveries_once');
    await runner.query(
      'CREATE UNIQUE INDEX deliveries_endpoint_id_event_id_idx ON webhook.deliveries (endpoint_id, event_id)',
    );
  }
}
