import { subjectToken } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { CommandId } from '@chargebus/domain';
import { CommandStatus } from '@chargebus/requests';
import type { CommandRecord } from '@chargebus/persistence/command';
import type { Subscription } from '@nats-io/nats-core';
import { reached } from './command-view';
import type { Milestone } from './command-view';

const stateSubject = (commandId: CommandId): string => `cb.cmd.state.${subjectToken(commandId)}`;

/**
 * Tells every replica how commands change, so that whoever waits hears of it wherever the job runs. Announcements are
 * hints on core NATS: one that is lost costs the waiter its patience, never the truth, which it reads from Postgres.
 */
export class StateWatch {
  constructor(private readonly bus: Bus) {}

  /** After the commit. */
  announce(commands: readonly CommandRecord[]): void {
    for (const { commandId, status } of commands)
      this.bus.nc.publish(stateSubject(commandId), JSON.stringify({ status }));
  }

  /** The server knows of the subscription when this resolves: what happens from then on is heard. */
  async watch(commandId: CommandId): Promise<CommandWatcher> {
    const watcher = new CommandWatcher();
    watcher.subscription = this.bus.nc.subscribe(stateSubject(commandId), {
      callback: (error, message) => {
        if (error === null) watcher.hear(CommandStatus.parse(message.json<{ status: unknown }>().status));
      },
    });
    await this.bus.nc.flush();
    return watcher;
  }
}

export class CommandWatcher {
  subscription: Subscription | null = null;
  private readonly heard = new Set<CommandStatus>();
  private onHeard: (() => void) | null = null;

  hear(status: CommandStatus): void {
    this.heard.add(status);
    this.onHeard?.();
  }

  /** Resolves when the milestone was announced since the watch began, or the time is up. */
  async until(milestone: Milestone, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (![...this.heard].some((status) => reached(status, milestone))) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.onHeard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.subscription?.unsubscribe();
  }
}
