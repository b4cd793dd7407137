import { instantToMs } from '@chargebus/domain';
import { CommandFinished } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { DeviceAnswer, HealthRepository } from '@chargebus/persistence/session';
import type { Engine, Task } from '../engine/engine';
import { foldCommandFinished } from '../sessions/command-finished.fold';

/** How orders ended. A repeat or an overtaking moves nothing: the session's table has no such move any more. */
export class CommandFinishedConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly engine: Engine,
    private readonly health: Pick<HealthRepository, 'remember'>,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'session-command-finished',
      types: [CommandFinished.type],
      maxMessages: 256,
      handle: (events) => this.handle(events as readonly CommandFinished[]),
    });
  }

  start(): Promise<void> {
    return this.consumer.start();
  }
  stop(): Promise<void> {
    return this.consumer.stop();
  }

  /**
   * Most orders end well, and the device's own words came first: its session has started, or confirmed its stop, for
   * good. Memory may be behind, but it never runs ahead of what is committed.
   */
  private isKnown({ deviceId, data }: CommandFinished): boolean {
    if (deviceId === null || data.outcome !== 'acked') return false;
    const sessions = this.engine.stateOf(deviceId)?.sessions ?? [];
    return sessions.some(
      (session) =>
        (session.startCommandId === data.commandId && session.startedAtMs !== null) ||
        (session.stopCommandId === data.commandId && session.stopConfirmedAtMs !== null),
    );
  }

  async handle(events: readonly CommandFinished[]): Promise<void> {
    await this.engine.run(events.filter((event) => !this.isKnown(event)).flatMap(toTask));
    await this.health.remember(events.flatMap(toAnswer));
  }
}

function toTask(event: CommandFinished): readonly Task[] {
  if (event.deviceId === null || event.data.sessionId === null) return [];
  return [
    {
      deviceId: event.deviceId,
      causeId: event.id,
      decide: (work) => {
        foldCommandFinished(work, event);
      },
    },
  ];
}

/** Orders that never left us say nothing about the device. */
function toAnswer({ deviceId, tenantId, occurredAt, data }: CommandFinished): readonly DeviceAnswer[] {
  const answered = ANSWERED[data.outcome];
  return deviceId === null || answered === undefined
    ? []
    : [{ deviceId, tenantId, answered, atMs: instantToMs(occurredAt) }];
}
const ANSWERED: Readonly<Partial<Record<CommandFinished['data']['outcome'], boolean>>> = {
  acked: true,
  rejected: true,
  no_reply: false,
  dead: false,
};
