import { AppError, CommandNotCancellable, CommandNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { JobItemRecord } from '@chargebus/persistence/fleet';
import { CancelCommand } from '@chargebus/requests';
import type { CommandLookup } from '../commands/command-lookup';
import { stepOfOrder, timedOut } from './item-steps';
import type { JobItem, JobKind, OrderEnd, Step } from './job-kind';
import { isFinal } from './orders';

/** Asks after orders whose end did not reach us, and takes back those that are no longer wanted. */
export class OrderWatch {
  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly commands: CommandLookup,
  ) {}

  /** Null: it is to be awaited further. */
  async look(
    kind: JobKind,
    item: JobItem<unknown, unknown>,
    record: JobItemRecord,
    job: { readonly cancelled: boolean; readonly timeoutMs: number },
  ): Promise<Step | null> {
    const overdue = item.deadlineMs <= Date.now();
    if (record.commandId === null) return (await kind.look?.(item)) ?? (overdue ? timedOut(job.timeoutMs) : null);
    const ref = { tenantId: record.tenantId, commandId: record.commandId };
    if ((overdue || job.cancelled) && kind.keepsOrder?.(item) !== true && (await this.takeBack(ref))) {
      const result = { command_status: 'cancelled' };
      return overdue ? timedOut(job.timeoutMs, result) : { status: 'skipped', reason: 'cancelled', result };
    }
    const end = await this.commands.find(ref); // null: whoever gives it has not come to it yet
    if (end !== null && isFinal(end.status)) return stepOfEnd(kind, item, end, job.timeoutMs);
    return overdue ? timedOut(job.timeoutMs, { command_status: end?.status ?? 'unknown' }) : null;
  }

  /** True: it has not left and never will. */
  private async takeBack(
    ref: Pick<JobItemRecord, 'tenantId'> & { commandId: OrderEnd['commandId'] },
  ): Promise<boolean> {
    try {
      await this.bus.ask(CancelCommand, ref);
      return true;
    } catch (error) {
      if (isNamed(error, CommandNotCancellable) || isNamed(error, CommandNotFound)) return false;
      throw error;
    }
  }
}

/** What an order that is over means for its item; one that went with the item's time is the item's time-out. */
export async function stepOfEnd(
  kind: JobKind,
  item: JobItem<unknown, unknown>,
  end: OrderEnd,
  timeoutMs: number,
): Promise<Step> {
  const neverLeft = end.status === 'cancelled' || end.status === 'expired';
  if (neverLeft && item.deadlineMs <= Date.now()) return timedOut(timeoutMs, { command_status: end.status });
  return neverLeft || kind.ended === undefined ? stepOfOrder(end) : kind.ended(item, end);
}

const isNamed = (error: unknown, { definition }: { readonly definition: { readonly name: string } }): boolean =>
  error instanceof AppError && error.definition.name === definition.name;
