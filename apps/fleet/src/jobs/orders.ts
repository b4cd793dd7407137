import { CommandId, DeviceId, toInstant } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { SubmitCommand } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { stepOfOrder } from './item-steps';
import type { ItemOrder, JobItem, Step } from './job-kind';

/** Most devices answer within this: then the reply has the end already, and nothing needs to be followed. */
export const PATIENCE_MS = 3_000;
const FINAL: ReadonlySet<string> = new Set([
  'acked',
  'rejected',
  'no_reply',
  'expired',
  'cancelled',
  'withdrawn',
  'dead',
]);
export const isFinal = (status: string): boolean => FINAL.has(status);

/** The id of an order of an item: whoever gives it again gives the same order. */
export const orderId = (item: Pick<JobItem<unknown, unknown>, 'job' | 'itemNo'>, purpose: string): CommandId =>
  CommandId.parse(uuidOf(['job', item.job.jobId, item.itemNo.toString(), purpose].join('\n')));

/** Gives orders for items of jobs. */
export class Orders {
  constructor(private readonly bus: Bus) {}

  /** The item's next step: what the order's end means, or to await it. It must not reach the device after the deadline. */
  async give(item: JobItem<unknown, unknown>, { deviceId, command, purpose }: ItemOrder): Promise<Step> {
    const commandId = orderId(item, purpose);
    const { status, reason } = await this.bus.ask(
      SubmitCommand,
      {
        commandId,
        tenantId: item.job.tenantId,
        deviceId: DeviceId.parse(deviceId),
        clientId: item.job.clientId,
        sessionId: null,
        command,
        expiresAt: toInstant(item.deadlineMs),
        wait: { until: 'finished', timeoutMs: PATIENCE_MS },
      },
      { extraTimeoutMs: PATIENCE_MS },
    );
    const result = { command_id: commandId, command_status: status };
    if (!isFinal(status)) return { status: 'running', awaits: { command: commandId }, result };
    const step = stepOfOrder({ commandId, status, reason });
    return { ...step, result };
  }
}
