import { toInstant } from '@chargebus/domain';
import type { CommandId, DeviceCommand, DeviceId } from '@chargebus/domain';
import { CommandNotCancellable, CommandNotFound } from '@chargebus/errors';
import { CommandFinished } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import { CancelCommand, GetCommandStates, SubmitCommand } from '@chargebus/requests';
import type { CommandStatus, CommandView } from '@chargebus/requests';

type End = Exclude<CommandStatus, 'queued' | 'sent'>;
/** What becomes of an order: a final status at once, or 'sent' until `finish` is called, or 'queued' until it is taken back. */
export type Fate = (deviceId: DeviceId, command: DeviceCommand) => CommandStatus;

/** The app `command` on the real bus: accepts orders once, ends them as the spec says, tells of it by event. */
export class FakeCommand {
  readonly orders = new Map<CommandId, CommandView>();
  /** How often an order came in, repeats included. */
  readonly submissions = new Map<CommandId, number>();
  readonly sequence: DeviceId[] = [];
  fate: Fate = () => 'acked';
  openAtOnce = 0;
  mostOpenAtOnce = 0;

  constructor(private readonly bus: Bus) {
    bus.answer(SubmitCommand, (order) => {
      this.accept(order);
      return Promise.resolve(this.view(order.commandId));
    });
    bus.answer(GetCommandStates, ({ commands }) =>
      Promise.resolve({ items: commands.flatMap(({ commandId }) => this.orders.get(commandId) ?? []) }),
    );
    bus.answer(CancelCommand, async ({ commandId }) => {
      const { status } = this.view(commandId);
      if (status === 'cancelled') return this.view(commandId);
      if (status !== 'queued') throw new CommandNotCancellable({ commandId, status });
      await this.finish(commandId, 'cancelled');
      return this.view(commandId);
    });
  }

  /** Takes an order as `session` would give it. */
  accept(
    order: Pick<
      CommandView,
      'commandId' | 'tenantId' | 'deviceId' | 'clientId' | 'sessionId' | 'command' | 'expiresAt'
    >,
  ): CommandStatus {
    const { commandId, tenantId, deviceId, clientId, sessionId, command, expiresAt } = order;
    this.submissions.set(commandId, (this.submissions.get(commandId) ?? 0) + 1);
    const before = this.orders.get(commandId);
    if (before !== undefined) return before.status;
    const status = this.fate(deviceId, command);
    const at = toInstant(Date.now());
    const over = status !== 'queued' && status !== 'sent';
    this.sequence.push(deviceId);
    this.orders.set(commandId, {
      commandId,
      tenantId,
      deviceId,
      clientId,
      sessionId,
      command,
      expiresAt,
      status,
      reason: null,
      result: null,
      attempts: 1,
      createdAt: at,
      sentAt: at,
      finishedAt: over ? at : null,
    });
    if (!over) this.mostOpenAtOnce = Math.max(this.mostOpenAtOnce, ++this.openAtOnce);
    return status;
  }

  /** Ends an order that is open. `silently`: the event is lost. */
  async finish(commandId: CommandId, outcome: End, silently = false): Promise<void> {
    const order = this.view(commandId);
    if (order.finishedAt !== null) return;
    this.openAtOnce--;
    const finishedAt = toInstant(Date.now());
    this.orders.set(commandId, { ...order, status: outcome, finishedAt });
    if (silently) return;
    await this.bus.publishEvents([
      {
        id: `evt_${commandId}`,
        type: CommandFinished.type,
        version: CommandFinished.version,
        tenantId: order.tenantId,
        deviceId: order.deviceId,
        occurredAt: finishedAt,
        sequence: 0,
        causeId: commandId,
        data: {
          commandId,
          kind: order.command.kind,
          sessionId: null,
          outcome,
          reason: null,
          attempts: 1,
          latencyMs: 5,
        },
      },
    ]);
  }
  async finishAll(outcome: End): Promise<void> {
    for (const { commandId, finishedAt } of [...this.orders.values()])
      if (finishedAt === null) await this.finish(commandId, outcome);
  }
  ofDevice(deviceId: string): CommandView[] {
    return [...this.orders.values()].filter((order) => order.deviceId === deviceId);
  }

  private view(commandId: CommandId): CommandView {
    const order = this.orders.get(commandId);
    if (order === undefined) throw new CommandNotFound({ commandId });
    return order;
  }
}
