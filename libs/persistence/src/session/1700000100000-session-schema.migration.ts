import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database';
import { partitionByDay } from '../daily-partitions';
import { createOutbox } from '../outbox';
import { createAppSchema, isolateTenants } from '../tenancy.migration';

/** Everything `session` owns. Written by the app `session` and nobody else. */
export class SessionSchema1700000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'session');
    await createDevices(runner);
    await createSessions(runner);
    await createMeterValues(runner);
    await createSideTables(runner);
    await createOutbox(runner, 'session');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA session CASCADE');
  }
}

async function createDevices(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.devices (
      device_id text PRIMARY KEY,
      tenant_id uuid NOT NULL,
      version bigint NOT NULL DEFAULT 0, -- of the device with its ports, sessions and faults
      event_seq bigint NOT NULL DEFAULT 0,
      protocol text, device_no text, name text,
      type text NOT NULL DEFAULT 'AC' CHECK (type IN ('AC', 'DC')),
      region text, model text, firmware_version text, iccid text, imei text,
      port_count integer NOT NULL DEFAULT 0,
      maintenance boolean NOT NULL DEFAULT false,
      attributes jsonb NOT NULL DEFAULT '{}',
      heartbeat_interval_s integer NOT NULL,
      heartbeat_fixed boolean NOT NULL DEFAULT false, -- set by an operator
      offline_timeout_s integer,
      connection_id text,
      connected_at timestamptz, disconnected_at timestamptz,
      last_frame_at timestamptz, last_heartbeat_at timestamptz,
      online boolean NOT NULL DEFAULT false,
      online_changed_at timestamptz,
      voltage_v double precision, temperature_c double precision, signal double precision,
      next_check_at timestamptz,
      claimed_until timestamptz, -- a sweeper is looking at it
      created_at timestamptz NOT NULL
    ) WITH (fillfactor = 70)`); // room for updates in place: rows change all day
  await runner.query('CREATE INDEX devices_tenant ON session.devices (tenant_id, created_at, device_id)');
  await runner.query(
    'CREATE INDEX devices_number ON session.devices (tenant_id, device_no) WHERE device_no IS NOT NULL',
  );
  await runner.query('CREATE INDEX devices_due ON session.devices (next_check_at) WHERE next_check_at IS NOT NULL');
  await isolateTenants(runner, 'session.devices');

  await runner.query(`
    CREATE TABLE session.ports (
      device_id text NOT NULL REFERENCES session.devices ON DELETE CASCADE,
      port_no integer NOT NULL,
      tenant_id uuid NOT NULL,
      state text NOT NULL,
      fault text,
      changed_at timestamptz, -- null: known from a charge only
      PRIMARY KEY (device_id, port_no)
    ) WITH (fillfactor = 80)`);
  await isolateTenants(runner, 'session.ports');

  await runner.query(`
    CREATE TABLE session.faults (
      fault_id text PRIMARY KEY,
      tenant_id uuid NOT NULL,
      device_id text NOT NULL,
      port_no integer,
      token text NOT NULL,
      severity text NOT NULL,
      latched boolean NOT NULL,
      details jsonb NOT NULL DEFAULT '{}',
      opened_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      closed_at timestamptz
    )`);
  await runner.query(
    'CREATE UNIQUE INDEX faults_one_open ON session.faults (device_id, coalesce(port_no, 0), token) WHERE closed_at IS NULL',
  );
  await isolateTenants(runner, 'session.faults');
}

async function createSessions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.charging_sessions (
      internal_order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      session_id text NOT NULL UNIQUE,
      tenant_id uuid NOT NULL,
      device_id text NOT NULL,
      port_no integer, -- null: the device has not chosen yet
      client_id uuid, -- null: nobody ordered it
      third_party_order_no text,
      idempotency_key text,
      request_hash text,
      third_party_user_id text,
      api_request_data jsonb,
      limits jsonb,
      auto_stop_conditions jsonb,
      notify_interval_s integer NOT NULL,
      order_ref text, -- null: the device gives none
      source text NOT NULL,
      card_id text,
      status text NOT NULL DEFAULT 'pending',
      detail text,
      holds_port boolean NOT NULL DEFAULT true,
      start_command_id uuid, start_submitted boolean NOT NULL DEFAULT false, start_expires_at timestamptz,
      evidence_until timestamptz,
      stop_command_id uuid, stop_submitted boolean NOT NULL DEFAULT false,
      stop_reason text, stop_asked_at timestamptz, stop_confirmed_at timestamptz,
      stop_attempts integer NOT NULL DEFAULT 0,
      not_charging_since timestamptz,
      interrupted_at timestamptz,
      low_power_since_s double precision,
      created_at timestamptz NOT NULL,
      start_time timestamptz,
      end_time timestamptz,
      duration_s double precision NOT NULL DEFAULT 0,
      energy_wh double precision NOT NULL DEFAULT 0,
      peak_power_w double precision, min_power_w double precision,
      end_reason text,
      abnormal boolean NOT NULL DEFAULT false,
      settlement_key text,
      settlement jsonb,
      last_progress_event_at timestamptz,
      realtime_data jsonb, -- the last sample when the row was written; newer ones are in meter_values
      last_update timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 80)`);
  // What settles races, in this order: one order number, one key, one charge per wire order, one charge per port.
  await runner.query(
    `CREATE UNIQUE INDEX sessions_order ON session.charging_sessions (tenant_id, client_id, third_party_order_no)
     WHERE third_party_order_no IS NOT NULL`,
  );
  await runner.query(
    `CREATE UNIQUE INDEX sessions_idempotency ON session.charging_sessions (tenant_id, client_id, idempotency_key)
     WHERE idempotency_key IS NOT NULL`,
  );
  await runner.query(
    'CREATE UNIQUE INDEX sessions_order_ref ON session.charging_sessions (device_id, order_ref) WHERE order_ref IS NOT NULL',
  );
  await runner.query(
    `CREATE UNIQUE INDEX sessions_one_per_port ON session.charging_sessions (device_id, coalesce(port_no, 0))
     WHERE holds_port AND status NOT IN ('settled', 'failed')`,
  );
  await runner.query(
    'CREATE UNIQUE INDEX sessions_settlement ON session.charging_sessions (device_id, settlement_key) WHERE settlement_key IS NOT NULL',
  );
  await runner.query(
    `CREATE INDEX sessions_open ON session.charging_sessions (device_id) WHERE status NOT IN ('settled', 'failed')`,
  );
  await runner.query('CREATE INDEX sessions_history ON session.charging_sessions (device_id, port_no, created_at)');
  await runner.query(
    'CREATE INDEX sessions_tenant ON session.charging_sessions (tenant_id, created_at, internal_order_id)',
  );
  await isolateTenants(runner, 'session.charging_sessions');
}

async function createMeterValues(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.meter_values (
      tenant_id uuid NOT NULL,
      internal_order_id bigint NOT NULL,
      sampled_at timestamptz NOT NULL,
      fact_key bigint NOT NULL, -- of the fact's id: tells two frames of one millisecond apart, and a repeat as one
      duration_s double precision NOT NULL,
      energy_wh double precision NOT NULL,
      power_w double precision, max_power_w double precision, min_power_w double precision,
      voltage_v double precision, current_a double precision, frequency_hz double precision,
      temperature_c double precision, soc_pct double precision,
      PRIMARY KEY (internal_order_id, sampled_at, fact_key)
    ) PARTITION BY RANGE (sampled_at)`);
  await partitionByDay(runner, 'session', 'meter_values');
}

/** Devices nobody owns belong to no tenant: only work that runs as the system may see them. */
export const systemOnly = async (runner: QueryRunner, table: string): Promise<void> => {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(
    `CREATE POLICY system_only ON ${table} TO ${APP_ROLE}
     USING ((SELECT tenancy.visible()) IS NULL) WITH CHECK ((SELECT tenancy.visible()) IS NULL)`,
  );
};

async function createSideTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.quarantined_devices (
      device_id text PRIMARY KEY,
      tenant_id uuid, -- always null: nobody owns it yet
      protocol text NOT NULL,
      remote_address text,
      reason text NOT NULL,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL
    )`);
  await systemOnly(runner, 'session.quarantined_devices');
  await runner.query(`
    CREATE TABLE session.quarantined_facts (
      device_id text NOT NULL,
      fact_id text NOT NULL,
      tenant_id uuid, -- always null
      position bigint GENERATED ALWAYS AS IDENTITY,
      fact jsonb NOT NULL,
      PRIMARY KEY (device_id, fact_id)
    )`);
  await systemOnly(runner, 'session.quarantined_facts');
  await runner.query(`
    CREATE TABLE session.rejected_frames (
      fact_id text PRIMARY KEY,
      tenant_id uuid NOT NULL,
      device_id text NOT NULL,
      received_at timestamptz NOT NULL,
      reason text NOT NULL,
      command text,
      hex text NOT NULL,
      is_settlement boolean NOT NULL
    )`);
  await runner.query('CREATE INDEX rejected_frames_device ON session.rejected_frames (device_id, received_at)');
  await isolateTenants(runner, 'session.rejected_frames');
  await runner.query(`
    CREATE TABLE session.answered_questions (
      device_id text NOT NULL,
      cause_id text NOT NULL,
      tenant_id uuid NOT NULL,
      kind text NOT NULL,
      answer jsonb NOT NULL,
      answered_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (device_id, cause_id)
    )`);
  await isolateTenants(runner, 'session.answered_questions');
}
