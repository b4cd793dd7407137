import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the platform stops the charges of a device for. */
export class DeviceLimits1763730000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.devices ADD COLUMN limits jsonb');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.devices DROP COLUMN limits');
  }
}
