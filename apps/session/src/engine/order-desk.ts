import { toInstant } from '@chargebus/domain';
import type { DeviceRecord } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { SubmitCommand } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { Order } from '../devices/device-work';
import type { SessionMetrics } from '../metrics';

type Wait = RequestOf<typeof SubmitCommand>['wait'];

/** Gives orders to `command`. The same order again is the same command, so giving it twice is harmless. */
export class OrderDesk {
  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly metrics: SessionMetrics,
  ) {}

  /** Resolves when `command` has it. Throws what `ask` throws. */
  async submit(device: DeviceRecord, order: Order): Promise<void> {
    await this.ask(device, order, { clientId: null, wait: null });
  }

  async ask(
    device: Pick<DeviceRecord, 'tenantId' | 'deviceId'>,
    order: Order,
    caller: { readonly clientId: RequestOf<typeof SubmitCommand>['clientId']; readonly wait: Wait },
  ): Promise<ReplyOf<typeof SubmitCommand>> {
    const { kind } = order.command;
    try {
      const reply = await this.bus.ask(
        SubmitCommand,
        {
          commandId: order.commandId,
          tenantId: device.tenantId,
          deviceId: device.deviceId,
          clientId: caller.clientId,
          sessionId: order.sessionId,
          command: order.command,
          expiresAt: toInstant(order.expiresAtMs),
          wait: caller.wait,
        },
        { extraTimeoutMs: caller.wait?.timeoutMs ?? 0 },
      );
      this.metrics.orders.inc({ kind, result: 'taken' });
      return reply;
    } catch (error) {
      this.metrics.orders.inc({ kind, result: 'refused' });
      throw error;
    }
  }
}
