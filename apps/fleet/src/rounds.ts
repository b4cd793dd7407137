import type { Logger } from '@chargebus/observability';

interface Round {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  readonly everyMs: number;
}

/** Work that the clock brings about. A round begins when the one before it is over, and a failure is tried again with the next. */
export class Rounds {
  private readonly rounds: Round[] = [];
  private readonly timers = new Map<Round, NodeJS.Timeout>();
  private readonly running = new Map<Round, Promise<void>>();
  private stopped = false;

  constructor(private readonly logger: Logger) {}

  every(everyMs: number, run: () => Promise<unknown>, name: string): void {
    this.rounds.push({ name, run, everyMs });
  }

  start(): void {
    for (const round of this.rounds) this.schedule(round, 0);
  }

  /** Resolves when the rounds under way are over. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  private schedule(round: Round, inMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      const running = round
        .run()
        .catch((error: unknown) => {
          this.logger.warn({ err: error, round: round.name }, 'round failed');
        })
        .then(() => {
          this.schedule(round, round.everyMs);
        });
      this.running.set(round, running);
    }, inMs);
    this.timers.set(round, timer);
  }
}
