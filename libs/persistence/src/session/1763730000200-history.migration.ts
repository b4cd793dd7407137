import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';
import { systemOnly } from './1700000100000-session-schema.migration';

/**
 * What makes years of samples answerable (ADR 0160): hours rolled up of them, and what the roll-up needs to know. Alarms
 * that are events only elsewhere get a table, so that they have a history.
 */
export class History1763730000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createHours(runner);
    await createAlarms(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION session.rolled_until();
      DROP TABLE session.alarms, session.sample_days, session.rollup_state, session.late_samples, session.meter_hours;
      DROP INDEX session.faults_tenant, session.faults_device, session.sessions_user, session.meter_values_time`);
  }
}

async function createHours(runner: QueryRunner): Promise<void> {
  // Samples lie in the order of their time, so a few bytes per hundred pages tell where an hour is.
  await runner.query('CREATE INDEX meter_values_time ON session.meter_values USING brin (sampled_at)');
  await runner.query(`
    CREATE TABLE session.meter_hours (
      tenant_id uuid NOT NULL,
      internal_order_id bigint NOT NULL,
      hour timestamptz NOT NULL, -- its beginning, UTC
      samples integer NOT NULL,
      energy_from_wh double precision NOT NULL, energy_to_wh double precision NOT NULL, -- lowest and highest reading
      power_avg real, power_min real, power_max real,
      voltage_avg real, voltage_min real, voltage_max real,
      current_avg real, current_min real, current_max real,
      frequency_avg real, frequency_min real, frequency_max real,
      temperature_avg real, temperature_min real, temperature_max real,
      soc_avg real, soc_min real, soc_max real,
      PRIMARY KEY (internal_order_id, hour)
    )`);
  await isolateTenants(runner, 'session.meter_hours');
  await runner.query(`
    CREATE TABLE session.late_samples (
      internal_order_id bigint PRIMARY KEY,
      tenant_id uuid NOT NULL,
      from_hour timestamptz NOT NULL -- from here on the hours of this charge are rolled up again
    )`);
  await isolateTenants(runner, 'session.late_samples');
  await runner.query(`
    CREATE TABLE session.sample_days (
      tenant_id uuid NOT NULL,
      day date NOT NULL, -- UTC; the tenant has samples of it that are not archived
      PRIMARY KEY (tenant_id, day)
    )`);
  await isolateTenants(runner, 'session.sample_days');
  await runner.query(`
    CREATE TABLE session.rollup_state (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      tenant_id uuid, -- always null
      rolled_until timestamptz NOT NULL -- every hour before it is rolled up
    )`);
  await systemOnly(runner, 'session.rollup_state');
  await runner.query(`
    CREATE FUNCTION session.rolled_until() RETURNS timestamptz
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT rolled_until FROM session.rollup_state'`);
  await runner.query(`
    INSERT INTO session.rollup_state (rolled_until)
    SELECT date_trunc('hour', least(now(), (SELECT min(sampled_at) FROM session.meter_values)), 'UTC')`);
}

async function createAlarms(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.alarms (
      alarm_id text PRIMARY KEY, -- of the event
      tenant_id uuid NOT NULL,
      device_id text, -- null: about no device
      alarm_type text NOT NULL,
      severity text NOT NULL,
      message text NOT NULL,
      details jsonb NOT NULL,
      raised_at timestamptz NOT NULL
    )`);
  await isolateTenants(runner, 'session.alarms');
  await runner.query(`
    CREATE INDEX alarms_device ON session.alarms (device_id, raised_at);
    CREATE INDEX alarms_tenant ON session.alarms (tenant_id, raised_at);
    CREATE INDEX faults_device ON session.faults (device_id, opened_at);
    CREATE INDEX faults_tenant ON session.faults (tenant_id, opened_at);
    CREATE INDEX sessions_user ON session.charging_sessions (tenant_id, third_party_user_id, created_at)
      WHERE third_party_user_id IS NOT NULL`);
}
