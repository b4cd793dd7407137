import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far an export is, and whether its CSV begins with a byte order mark. */
export class ExportTotals1763730000233 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE iam.exports
        ADD COLUMN total_rows bigint, -- as counted when it began; null: not known
        ADD COLUMN bom boolean NOT NULL DEFAULT false`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE iam.exports DROP COLUMN total_rows, DROP COLUMN bom');
  }
}
