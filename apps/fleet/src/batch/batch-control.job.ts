import { DeviceId } from '@chargebus/domain';
import { AppError, DeviceOffline, NothingToStop } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { BatchOrder, FindDevice, SetMaintenance, StartCharge, StopCharge } from '@chargebus/requests';
import type { ReplyOf } from '@chargebus/requests';
import { z } from 'zod';
import { orderOf, refuseCharging, refuseIncapable } from '../control/control.service';
import { stepOfOrder } from '../jobs/item-steps';
import type { JobItem, JobKind, Step } from '../jobs/job-kind';
import { isFinal, PATIENCE_MS } from '../jobs/orders';
import type { Orders } from '../jobs/orders';

type Item = JobItem<unknown, BatchOrder>;
type Of<A extends BatchOrder['action']> = Extract<BatchOrder, { action: A }>;
const WAIT = { until: 'finished', timeoutMs: PATIENCE_MS } as const;

/**
 * Starts, stops and other orders for many devices. A device that is not connected fails at once, but a stop of its
 * charge stays ordered: it reaches the device when it comes back.
 */
export class BatchControlJob implements JobKind<unknown, BatchOrder> {
  readonly kind = 'batch.control';
  readonly parameters = z.unknown();
  readonly input = BatchOrder;

  constructor(
    private readonly bus: Bus,
    private readonly orders: Orders,
  ) {}

  run(item: Item): Promise<Step> {
    const { input } = item;
    if (input.action === 'start_charging') return this.start(item, input);
    if (input.action === 'stop_charging') return this.stop(item, input);
    return this.control(item, input);
  }

  keepsOrder({ input }: Item): boolean {
    return input.action === 'stop_charging';
  }

  /** The key is the item's: a repeat is answered with the session that it has opened. */
  private async start(item: Item, order: Of<'start_charging'>): Promise<Step> {
    const reply = await this.bus.ask(
      StartCharge,
      {
        ...this.whose(item),
        ...order,
        idempotencyKey: `${item.job.jobId}:${item.itemNo.toString()}`,
        waitMs: WAIT,
        requireOnline: true,
      },
      { extraTimeoutMs: PATIENCE_MS },
    );
    return stepOfCharge(reply);
  }

  private async stop(item: Item, order: Of<'stop_charging'>): Promise<Step> {
    try {
      const reply = await this.bus.ask(
        StopCharge,
        { ...this.whose(item), ...order, waitMs: WAIT },
        { extraTimeoutMs: PATIENCE_MS },
      );
      return stepOfCharge(reply);
    } catch (error) {
      // Asked again after a crash, the charge may be over because of the first time.
      if (!item.repeated || !isNothingToStop(error)) throw error;
      return { status: 'succeeded' };
    }
  }

  /** As a call for one device does it: a device that charges is not restarted unless that is forced. */
  private async control(item: Item, { name, force }: Of<'control'>): Promise<Step> {
    const { tenantId, within } = item.job;
    const device = await this.bus.ask(FindDevice, { tenantId, within, deviceId: item.deviceId ?? '' });
    const { deviceId, online } = device;
    const command = orderOf(name, force);
    if (command === null) {
      const maintenance = name === 'maintenance_mode';
      await this.bus.ask(SetMaintenance, { tenantId, within, deviceId, portNo: null, maintenance });
      return { status: 'succeeded' };
    }
    if (!item.repeated) {
      refuseIncapable(device, name, force);
      refuseCharging(device, name, force);
      if (!online) throw new DeviceOffline({ deviceId });
    }
    return this.orders.give(item, { deviceId, command, purpose: 'control' });
  }

  private whose({ job, deviceId }: Item) {
    if (job.clientId === null) throw new Error(`job ${job.jobId} has no client`);
    return { tenantId: job.tenantId, within: job.within, clientId: job.clientId, deviceId: DeviceId.parse(deviceId) };
  }
}

type ChargeReply = Pick<ReplyOf<typeof StopCharge>, 'session' | 'commandId' | 'commandStatus' | 'commandReason'>;
function stepOfCharge({ session, commandId, commandStatus, commandReason }: ChargeReply): Step {
  const result = {
    session_id: session.sessionId,
    internal_order_id: session.internalOrderId,
    third_party_order_no: session.orderNo,
    order_no: session.orderNo,
    command_id: commandId,
    command_status: commandStatus,
  };
  if (commandId === null) return { status: 'succeeded', result }; // the start had not left and was withdrawn
  if (!isFinal(commandStatus)) return { status: 'running', awaits: { command: commandId }, result };
  return { ...stepOfOrder({ commandId, status: commandStatus, reason: commandReason }), result };
}

const isNothingToStop = (error: unknown): boolean =>
  error instanceof AppError && error.definition.name === NothingToStop.definition.name;
