import { Instant } from '@chargebus/domain';
import type { CommandId } from '@chargebus/domain';
import { subjectToken } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { CommandRecord } from '@chargebus/persistence/command';
import { CommandStatus } from '@chargebus/requests';
import { z } from 'zod';
import { reached } from './command-view';
import type { Milestone } from './command-view';

const SUBJECT = 'cb.cmd.state.';

/** The part of a command that changes. */
const CommandNews = z.object({
  status: CommandStatus,
  reason: z.string().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  attempts: z.number().int().nonnegative(),
  sentAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type CommandNews = z.infer<typeof CommandNews>;
type Announced = Pick<CommandRecord, 'commandId' | keyof CommandNews>;

/**
 * Tells every replica how commands change, so that whoever waits hears of it wherever the attempt runs. Announcements
 * are hints on core NATS: one that is lost costs the waiter its patience, never the truth, which is in Postgres.
 */
export class StateWatch {
  private readonly watchers = new Map<string, Set<CommandWatcher>>();

  constructor(private readonly bus: Bus) {
    bus.nc.subscribe(`${SUBJECT}*`, {
      callback: (error, message) => {
        if (error !== null) return;
        const watching = this.watchers.get(message.subject.slice(SUBJECT.length));
        if (watching === undefined) return; // nobody waits here
        const news = CommandNews.parse(message.json());
        for (const watcher of watching) watcher.hear(news);
      },
    });
  }

  announce(commands: readonly Announced[]): void {
    for (const { commandId, status, reason, result, attempts, sentAt, finishedAt } of commands) {
      const news = { status, reason, result, attempts, sentAt, finishedAt };
      this.bus.nc.publish(SUBJECT + subjectToken(commandId), JSON.stringify(news));
    }
  }

  /** Hears what is announced from now on. */
  watch(commandId: CommandId): CommandWatcher {
    const token = subjectToken(commandId);
    const watching = this.watchers.get(token) ?? new Set();
    this.watchers.set(token, watching);
    const watcher = new CommandWatcher(() => {
      watching.delete(watcher);
      if (watching.size === 0) this.watchers.delete(token);
    });
    watching.add(watcher);
    return watcher;
  }
}

export class CommandWatcher {
  private readonly heard: CommandNews[] = [];
  private onHeard: (() => void) | null = null;

  constructor(readonly close: () => void) {}

  hear(news: CommandNews): void {
    this.heard.push(news);
    this.onHeard?.();
  }

  /**
   * What was announced when the milestone was reached, or was put off where only `sent` is waited for. Null: the time
   * is up.
   */
  async until(milestone: Milestone, timeoutMs: number): Promise<CommandNews | null> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const putBack = milestone === 'sent' ? this.heard.at(-1) : undefined; // heard of, and not sent: not for a while
      const news = this.heard.findLast(({ status }) => reached(status, milestone)) ?? putBack;
      if (news !== undefined) return news;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.onHeard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
