import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which faults are over when their port is well again; the others have an end of their own. */
export class FaultsOfPorts1763730000810 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.faults ADD COLUMN of_port boolean NOT NULL DEFAULT false');
    await runner.query(
      'UPDATE session.faults SET of_port = true WHERE closed_at IS NULL AND port_no IS NOT NULL AND NOT latched',
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session.faults DROP COLUMN of_port');
  }
}
