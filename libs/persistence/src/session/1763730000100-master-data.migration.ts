import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/**
 * The tree operator → region → station → device, groups and tags. What an owner keeps about a device moves out of
 * `devices`, whose rows facts write all day, into a row of its own.
 */
export class MasterData1763730000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTree(runner);
    await createProfiles(runner);
    await createGroups(runner);
    await moveOut(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session.devices
        ADD COLUMN name text, ADD COLUMN region text,
        ADD COLUMN type text NOT NULL DEFAULT 'AC' CHECK (type IN ('AC', 'DC')),
        DROP COLUMN ports_in_maintenance`);
    await runner.query(`
      UPDATE session.devices d SET name = p.name, region = p.region, type = p.type
      FROM session.device_profiles p WHERE p.device_id = d.device_id`);
    for (const table of ['device_group_members', 'device_groups', 'device_profiles', 'stations', 'regions'])
      await runner.query(`DROP TABLE session.${table}`);
  }
}

async function createTree(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.regions (
      tenant_id uuid NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      parent text,
      path text[] NOT NULL, -- codes from the top down to this one
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, code),
      FOREIGN KEY (tenant_id, parent) REFERENCES session.regions (tenant_id, code)
    )`);
  await runner.query('CREATE INDEX regions_path ON session.regions USING gin (path)');
  await isolateTenants(runner, 'session.regions');
  await runner.query(`
    CREATE TABLE session.stations (
      tenant_id uuid NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      region text,
      state text NOT NULL CHECK (state IN ('planned', 'open', 'maintenance', 'closed')),
      address text,
      longitude double precision CHECK (longitude BETWEEN -180 AND 180),
      latitude double precision CHECK (latitude BETWEEN -90 AND 90),
      contact jsonb,
      opening_hours text,
      attributes jsonb NOT NULL DEFAULT '{}',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, code),
      FOREIGN KEY (tenant_id, region) REFERENCES session.regions (tenant_id, code)
    )`);
  await runner.query('CREATE INDEX stations_region ON session.stations (tenant_id, region)');
  await isolateTenants(runner, 'session.stations');
}

async function createProfiles(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.device_profiles (
      device_id text PRIMARY KEY REFERENCES session.devices ON DELETE CASCADE,
      tenant_id uuid NOT NULL,
      name text,
      type text NOT NULL CHECK (type IN ('AC', 'DC')),
      region text, -- that of the station, where there is one
      station text,
      tags text[] NOT NULL DEFAULT '{}',
      attributes jsonb NOT NULL DEFAULT '{}',
      updated_at timestamptz NOT NULL DEFAULT now(),
      FOREIGN KEY (tenant_id, region) REFERENCES session.regions (tenant_id, code),
      FOREIGN KEY (tenant_id, station) REFERENCES session.stations (tenant_id, code)
    )`);
  await runner.query('CREATE INDEX device_profiles_region ON session.device_profiles (tenant_id, region)');
  await runner.query('CREATE INDEX device_profiles_station ON session.device_profiles (tenant_id, station)');
  await runner.query('CREATE INDEX device_profiles_tags ON session.device_profiles USING gin (tags)');
  await isolateTenants(runner, 'session.device_profiles');
}

async function createGroups(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.device_groups (
      tenant_id uuid NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      description text,
      filter jsonb, -- null: its members are named one by one
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, code)
    )`);
  await isolateTenants(runner, 'session.device_groups');
  await runner.query(`
    CREATE TABLE session.device_group_members (
      tenant_id uuid NOT NULL,
      group_code text NOT NULL,
      device_id text NOT NULL REFERENCES session.devices ON DELETE CASCADE,
      PRIMARY KEY (tenant_id, group_code, device_id),
      FOREIGN KEY (tenant_id, group_code) REFERENCES session.device_groups (tenant_id, code) ON DELETE CASCADE
    )`);
  await runner.query('CREATE INDEX device_group_members_device ON session.device_group_members (device_id)');
  await isolateTenants(runner, 'session.device_group_members');
}

async function moveOut(runner: QueryRunner): Promise<void> {
  await runner.query(`
    INSERT INTO session.regions (tenant_id, code, name, path)
    SELECT DISTINCT tenant_id, region, region, ARRAY[region] FROM session.devices WHERE region IS NOT NULL`);
  await runner.query(`
    INSERT INTO session.device_profiles (device_id, tenant_id, name, type, region)
    SELECT device_id, tenant_id, name, type, region FROM session.devices`);
  await runner.query(`
    ALTER TABLE session.devices
      DROP COLUMN name, DROP COLUMN type, DROP COLUMN region,
      ADD COLUMN ports_in_maintenance jsonb NOT NULL DEFAULT '[]'`);
}
