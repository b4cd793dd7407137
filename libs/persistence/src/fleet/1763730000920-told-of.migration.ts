import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A job that stands still for days has nothing new to tell. */
export class ToldOf1763730000920 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE fleet.jobs ADD COLUMN told_of jsonb'); // state and counts; null: nothing was told
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE fleet.jobs DROP COLUMN told_of');
  }
}
