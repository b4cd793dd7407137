import { DEVICE_PARTITIONS } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { factConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { Engine } from '../engine/engine';
import type { SessionMetrics } from '../metrics';
import { factTask } from './fact-task';

/**
 * What devices said. Returns after the commit, so that a crash repeats the batch; a repeated fact finds its effect done,
 * for every fold compares with the state that the first one left.
 */
export class FactConsumer {
  private consumers: readonly BatchConsumer<readonly ProtocolEvent[]>[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
    private readonly engine: Engine,
    private readonly metrics: SessionMetrics,
    private readonly maxMessages: number,
  ) {}

  async start(): Promise<void> {
    this.consumers = Array.from({ length: DEVICE_PARTITIONS }, (_, part) =>
      factConsumer(this.bus, this.logger, {
        app: 'session',
        part,
        maxMessages: this.maxMessages,
        handle: (facts) => this.handle(facts),
      }),
    );
    await Promise.all(this.consumers.map((consumer) => consumer.start()));
  }
  async stop(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }

  async handle(facts: readonly ProtocolEvent[]): Promise<void> {
    await this.engine.run(facts.map(factTask));
    this.metrics.facts.inc(facts.length);
  }
}
