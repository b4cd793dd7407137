import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Frames of devices by hour and what became of them, as each gateway counted them. */
export class FrameCounts1763730000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.frame_counts (
        tenant_id uuid NOT NULL,
        device_id text COLLATE "C" NOT NULL,
        hour timestamptz NOT NULL,
        gateway text COLLATE "C" NOT NULL, -- the process
        protocol text NOT NULL,
        outcome text NOT NULL, -- ok, checksum, or why they were rejected
        model text, -- of the device in that hour
        firmware_version text,
        frames bigint NOT NULL CHECK (frames > 0),
        PRIMARY KEY (device_id, hour, gateway, protocol, outcome)
      )`);
    await runner.query('CREATE INDEX frame_counts_hour ON session.frame_counts (tenant_id, hour)');
    await isolateTenants(runner, 'session.frame_counts');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.frame_counts');
  }
}
