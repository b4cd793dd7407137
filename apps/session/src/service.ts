import type { Bus } from '@chargebus/messaging';
import type { Outbox, StatisticsKeeper } from '@chargebus/persistence';
import type { AlarmConsumer } from './consumers/alarm.consumer';
import type { CommandFinishedConsumer } from './consumers/command-finished.consumer';
import type { FactConsumer } from './consumers/fact.consumer';
import type { Engine } from './engine/engine';
import type { HistoryKeeper } from './history/history-keeper';
import type { Sweeper } from './sweeper/sweeper';

/** What runs by itself, started and stopped in an order that loses nothing. */
export class SessionService {
  constructor(
    private readonly bus: Bus,
    private readonly facts: FactConsumer,
    private readonly commands: CommandFinishedConsumer,
    private readonly alarms: AlarmConsumer,
    private readonly keeper: HistoryKeeper,
    private readonly sweeper: Sweeper,
    private readonly statistics: StatisticsKeeper,
    private readonly outbox: Outbox,
    private readonly engine: Engine,
    private readonly answer: () => void,
  ) {}

  async start(): Promise<void> {
    this.answer();
    await this.facts.start();
    await this.commands.start();
    await this.alarms.start();
    this.keeper.start();
    this.sweeper.start();
    this.statistics.start();
    this.outbox.startRelay();
  }

  /** No new facts, questions under way answered, then what follows from them. */
  async stop(): Promise<void> {
    await this.statistics.stop();
    await this.sweeper.stop();
    await this.keeper.stop();
    await this.facts.stop();
    await this.commands.stop();
    await this.alarms.stop();
    await this.engine.idle();
    await this.outbox.stop();
    await this.bus.close();
  }
}
