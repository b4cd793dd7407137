import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createOutbox } from '../outbox';
import { createAppSchema, isolateTenants } from '../tenancy.migration';

/**
 * Orders to devices and what became of them. `command` and `result` are json and not jsonb: they are kept as written
 * and never searched, and jsonb refuses the NUL that a device may well send in a text.
 */
export class Commands1763710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'command');
    await runner.query(`
      CREATE TABLE command.commands (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        device_id text NOT NULL,
        client_id uuid,
        session_id text,
        kind text NOT NULL,
        port_no integer,             -- null: the order names no port
        order_ref text,              -- null: the order is about no charge
        command json NOT NULL,
        priority smallint NOT NULL,  -- 1 goes first
        repeatable boolean NOT NULL, -- giving the order to the device twice has the effect of giving it once
        status text NOT NULL DEFAULT 'queued' CHECK (status IN
          ('queued', 'sent', 'acked', 'rejected', 'no_reply', 'expired', 'cancelled', 'withdrawn', 'dead')),
        reason text,
        result json,                 -- what the device reported
        attempts integer NOT NULL DEFAULT 0,  -- number of the latest attempt
        failures integer NOT NULL DEFAULT 0,  -- attempts that count against the limit
        waits integer NOT NULL DEFAULT 0,     -- times put back since the device was last seen
        wakes integer NOT NULL DEFAULT 0,     -- times the device came online while this waited
        exposed boolean NOT NULL DEFAULT false, -- an attempt may have reached the device
        called_off text,             -- not null: why no further attempt is made
        leased_until timestamptz,    -- an attempt is under way until then, unless it says so again
        due_at timestamptz NOT NULL DEFAULT now(), -- when this is to be looked at next
        created_at timestamptz NOT NULL DEFAULT now(),
        sent_at timestamptz,         -- the first time that it was on the wire
        finished_at timestamptz,
        expires_at timestamptz NOT NULL,
        CHECK ((finished_at IS NULL) = (status IN ('queued', 'sent')))
      )`);
    await runner.query(`
      CREATE INDEX commands_of_device ON command.commands (tenant_id, device_id, created_at DESC, id DESC);
      CREATE INDEX commands_of_tenant ON command.commands (tenant_id, created_at DESC, id DESC);
      CREATE INDEX commands_by_status ON command.commands (tenant_id, status, created_at DESC, id DESC)
        WHERE status IN ('dead', 'no_reply', 'expired');
      CREATE INDEX commands_open_by_device ON command.commands (device_id) WHERE status IN ('queued', 'sent');
      CREATE INDEX commands_open_by_session ON command.commands (session_id) WHERE status IN ('queued', 'sent');
      CREATE INDEX commands_open_by_due ON command.commands (due_at) WHERE status IN ('queued', 'sent');
      CREATE INDEX commands_open_by_expiry ON command.commands (expires_at) WHERE status IN ('queued', 'sent');
      CREATE INDEX commands_stops ON command.commands (device_id, order_ref) WHERE kind = 'charge.stop';
      CREATE INDEX commands_by_finish ON command.commands (finished_at) WHERE finished_at IS NOT NULL`);
    await isolateTenants(runner, 'command.commands');
    await runner.query(`
      CREATE TABLE command.attempts (
        tenant_id uuid NOT NULL,
        command_id uuid NOT NULL REFERENCES command.commands ON DELETE CASCADE,
        attempt_no integer NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        sent_at timestamptz,
        finished_at timestamptz,
        outcome text, -- CommandOutcome status, or 'lost': nobody said how it ended
        reason text,
        PRIMARY KEY (command_id, attempt_no)
      )`);
    await isolateTenants(runner, 'command.attempts');
    await createOutbox(runner, 'command');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA command CASCADE');
  }
}
