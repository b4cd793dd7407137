import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits for its first attempt is found by `deliveries_fresh`; a second index made every sample dearer to write. */
export class NoCoalescedIndex1763730000311 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.deliveries_coalesced');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX deliveries_coalesced ON webhook.deliveries (endpoint_id, coalesce_key)
       WHERE state = 'pending' AND fresh AND coalesce_key IS NOT NULL`,
    );
  }
}
