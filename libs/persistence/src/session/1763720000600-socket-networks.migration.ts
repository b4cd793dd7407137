import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The radio network of a gateway: the only record of which socket has which number. */
export class SocketNetworks1763720000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.devices ADD COLUMN network jsonb');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.devices DROP COLUMN network');
  }
}
