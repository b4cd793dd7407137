import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An endpoint ends with the access of who made it (ADR 0045). */
export class MakersOfEndpoints1763730000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await allowReasons(runner, ['by_user', 'gone', 'failing', 'maker_gone']);
    await runner.query(
      `CREATE INDEX endpoints_makers ON webhook.endpoints (client_id) WHERE deleted_at IS NULL AND client_id IS NOT NULL`,
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook.endpoints_makers');
    await runner.query(`UPDATE webhook.endpoints SET disabled_reason = 'by_user' WHERE disabled_reason = 'maker_gone'`);
    await allowReasons(runner, ['by_user', 'gone', 'failing']);
  }
}

async function allowReasons(runner: QueryRunner, reasons: readonly string[]): Promise<void> {
  await runner.query('ALTER TABLE webhook.endpoints DROP CONSTRAINT endpoints_disabled_reason_check');
  await runner.query(
    `ALTER TABLE webhook.endpoints ADD CONSTRAINT endpoints_disabled_reason_check
       CHECK (disabled_reason IN (${reasons.map((reason) => `'${reason}'`).join(', ')}))`,
  );
}
