import type { TenantId } from '@chargebus/domain';
import { envelopeSchema } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Ticker } from '@chargebus/runtime';
import type { QueryRunner } from 'typeorm';
import type { Database, Transaction } from './database';
import { asSystem } from './scope';
import { isolateTenants } from './tenancy.migration';

const RELAY_BATCH = 200;
/** Rows of published events go together, a few times a second. */
const FORGET_AFTER_MS = 250;

/** For a schema's first migration. */
export async function createOutbox(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`
    CREATE TABLE ${schema}.outbox (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      event_id text NOT NULL UNIQUE,
      tenant_id uuid NOT NULL,
      event jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
  await isolateTenants(runner, `${schema}.outbox`);
}

/**
 * Events that follow from a state change, written in the same transaction, so that neither can be without the other.
 * `flush` publishes right after the commit; what a crash left behind, the relay publishes. A repeat carries the same
 * event id and is dropped by the stream.
 */
export class Outbox {
  private relaying: Ticker | null = null;
  private published: string[] = [];
  private forgetTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly schema: string,
    private readonly database: Database,
    private readonly bus: Pick<Bus, 'publishEvents'>,
    private readonly logger: Logger,
  ) {}

  /** Inside the transaction that changes the state. An event with the same id is written once. */
  async append(tx: Transaction, events: readonly EventEnvelope[]): Promise<void> {
    if (events.length === 0) return;
    await tx.query(
      `INSERT INTO ${this.schema}.outbox (event_id, tenant_id, event)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::jsonb[]) ON CONFLICT (event_id) DO NOTHING`,
      [
        events.map((event) => event.id),
        events.map((event) => event.tenantId),
        events.map((event) => JSON.stringify(event)),
      ],
    );
  }

  /** After the commit, before the cause is acknowledged. */
  async flush(events: readonly EventEnvelope[]): Promise<void> {
    if (events.length === 0) return;
    await this.bus.publishEvents(events);
    for (const { id } of events) this.published.push(id);
    this.forgetTimer ??= setTimeout(() => {
      this.forgetTimer = null;
      void this.forgetPublished();
    }, FORGET_AFTER_MS);
  }

  /** A row that stays is a repeat, which the stream drops. */
  private async forgetPublished(): Promise<void> {
    const ids = this.published.splice(0);
    try {
      await this.database.transaction(asSystem('outbox rows of several tenants'), async (tx) => {
        await Promise.all([
          tx.query('SET LOCAL synchronous_commit = off'),
          tx.query(`DELETE FROM ${this.schema}.outbox WHERE event_id = ANY ($1)`, [ids]),
        ]);
      });
    } catch (error) {
      this.logger.warn({ err: error, schema: this.schema, events: ids.length }, 'published events stay in the outbox');
    }
  }

  /** Publishes what has waited longer than `olderThanMs`; several replicas may do so at once. */
  startRelay(everyMs = 2_000, olderThanMs = 5_000): void {
    this.relaying = new Ticker(`outbox of ${this.schema}`, everyMs, this.logger, () => this.relay(olderThanMs));
    this.relaying.start(everyMs);
  }
  async stop(): Promise<void> {
    if (this.forgetTimer !== null) clearTimeout(this.forgetTimer);
    await this.relaying?.stop();
    if (this.published.length > 0) await this.forgetPublished();
  }

  /** Returns how many events it published. */
  async relay(olderThanMs: number): Promise<number> {
    for (let total = 0; ;) {
      const published = await this.database.transaction(asSystem('outbox relay'), async (tx) => {
        const { rows } = await tx.query<{ event_id: string; tenant_id: TenantId; event: unknown }>(
          `SELECT event_id, tenant_id, event FROM ${this.schema}.outbox
           WHERE created_at <= now() - $1 * interval '1 millisecond' ORDER BY position LIMIT ${RELAY_BATCH.toString()} FOR UPDATE SKIP LOCKED`,
          [olderThanMs],
        );
        await this.bus.publishEvents(rows.map((row) => envelopeSchema.parse(row.event)));
        if (rows.length > 0)
          await tx.query(`DELETE FROM ${this.schema}.outbox WHERE event_id = ANY ($1)`, [
            rows.map((row) => row.event_id),
          ]);
        return rows.length;
      });
      total += published;
      if (published < RELAY_BATCH) return total;
    }
  }
}
