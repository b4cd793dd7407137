import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** Firmware images, the upgrades of single devices, and what devices may fetch or bring by FTP or a one-time address. */
export class Firmware1763730000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.firmware (
        firmware_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        version text NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        size_bytes bigint, -- null until it is stored
        state text NOT NULL CHECK (state IN ('fetching', 'stored', 'failed')),
        failure text,
        source_url text, -- null: uploaded
        file_name text,
        target text NOT NULL,
        device_type int,
        models text[] NOT NULL,
        hardware_versions text[] NOT NULL,
        protocols text[] NOT NULL,
        release_notes text,
        signing jsonb,
        fetch_attempts int NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(), -- of the next try to fetch it
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX firmware_same ON fleet.firmware (tenant_id, sha256, version, target)
      WHERE deleted_at IS NULL`);
    await runner.query(`CREATE INDEX firmware_fetching ON fleet.firmware (due_at)
      WHERE state = 'fetching' AND deleted_at IS NULL`);
    await runner.query(`
      CREATE TABLE fleet.upgrades (
        upgrade_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        firmware_id text NOT NULL REFERENCES fleet.firmware,
        client_id uuid,
        job_id text,
        rolls_back text, -- the upgrade that this one undoes
        version text NOT NULL,
        target text NOT NULL,
        protocol text,
        previous_version text, -- null: the device never told
        previous_firmware_id text, -- what to go back to; null: nobody knows
        mode text NOT NULL CHECK (mode IN ('immediate', 'scheduled')),
        scheduled_at timestamptz,
        rollback_enabled boolean NOT NULL,
        notify_progress boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('scheduled', 'waiting', 'ordered', 'verifying', 'completed', 'failed', 'cancelled')),
        phase text NOT NULL,
        progress_pct real,
        packets_sent int,
        packets_total int,
        reason text,
        message text,
        attempts int NOT NULL DEFAULT 0,
        command_id uuid,
        reported_version text,
        due_at timestamptz NOT NULL, -- when somebody looks at it next
        deadline_at timestamptz NOT NULL, -- of its state
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz, -- first order given
        finished_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX upgrades_one_open ON fleet.upgrades (tenant_id, device_id)
      WHERE finished_at IS NULL`);
    await runner.query('CREATE INDEX upgrades_due ON fleet.upgrades (due_at) WHERE finished_at IS NULL');
    await runner.query('CREATE INDEX upgrades_of_device ON fleet.upgrades (tenant_id, device_id, upgrade_id)');
    await runner.query('CREATE INDEX upgrades_of_firmware ON fleet.upgrades (firmware_id)');
    await runner.query(`
      CREATE TABLE fleet.log_uploads (
        upload_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        client_id uuid,
        log text NOT NULL CHECK (log IN ('diagnostics', 'security')),
        state text NOT NULL CHECK (state IN ('requested', 'receiving', 'received', 'failed')),
        reason text,
        command_id uuid NOT NULL,
        file_name text,
        size_bytes bigint,
        sha256 text,
        due_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
    await runner.query('CREATE INDEX log_uploads_due ON fleet.log_uploads (due_at) WHERE finished_at IS NULL');
    await runner.query('CREATE INDEX log_uploads_of_device ON fleet.log_uploads (tenant_id, device_id, upload_id)');
    await runner.query(`
      CREATE TABLE fleet.file_grants (
        grant_id text PRIMARY KEY,
        tenant_id uuid NOT NULL,
        upgrade_id text NOT NULL REFERENCES fleet.upgrades,
        user_name text, -- null: whoever knows the file's name
        password_hash text, -- SHA-256; the password is random
        file_name text NOT NULL UNIQUE,
        blob text NOT NULL,
        size_bytes bigint NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX file_grants_users ON fleet.file_grants (user_name) WHERE user_name IS NOT NULL',
    );
    await runner.query('CREATE INDEX file_grants_old ON fleet.file_grants (expires_at)');
    for (const table of ['firmware', 'upgrades', 'log_uploads', 'file_grants'])
      await isolateTenants(runner, `fleet.${table}`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fleet.file_grants, fleet.log_uploads, fleet.upgrades, fleet.firmware');
  }
}
