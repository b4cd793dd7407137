import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A delivery is found by its own id, which is unique by itself, and an event's delivery by the event. As long as both
 * keys began with the endpoint, plans made while the table was young took either for a way to find one delivery, and
 * read every delivery of the endpoint.
 */
export class DeliveryKeys1763720000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.deliveries_endpoint_id_event_id_idx');
    await runner.query('CREATE UNIQUE INDEX deliveries_once ON webhook.deliveries (event_id, endpoint_id)');
    await runner.query('ALTER TABLE webhook.deliveries DROP CONSTRAINT deliveries_pkey, ADD PRIMARY KEY (delivery_id)');
    await runner.query('CREATE INDEX deliveries_of_endpoint ON webhook.deliveries (endpoint_id, delivery_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.deliveries_of_endpoint');
    await runner.query(
      'ALTER TABLE webhook.deliveries DROP CONSTRAINT deliveries_pkey, ADD PRIMARY KEY (endpoint_id, delivery_id)',
    );
    await runner.query('DROP INDEX webhook.deliveries_once');
    await runner.query(
      'CREATE UNIQUE INDEX deliveries_endpoint_id_event_id_idx ON webhook.deliveries (endpoint_id, event_id)',
    );
  }
}
