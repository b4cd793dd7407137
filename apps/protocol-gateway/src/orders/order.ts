import { COMMAND_PRIORITY, CommandId, toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import type { DownReply, DownRequest } from '@chargebus/requests';
import { randomUUID } from 'node:crypto';

/** An errand that has not found its turn by then is not worth doing any more. */
const ERRAND_LIFE_MS = 600_000;
const BEHIND_ALL = 100;

export type Respond = (reply: DownReply) => void;

/** One order on its way to a device, with whoever asked for it. */
export class Order {
  /** What a connection wants done itself comes behind everything that the platform orders. */
  static errand(deviceId: DeviceId, command: DeviceCommand, nowMs: number, epochMs: number): Order {
    const sendBefore = toInstant(epochMs + ERRAND_LIFE_MS);
    const commandId = CommandId.parse(randomUUID());
    const request = { commandId, deviceId, command, sendBefore, reissued: false };
    return new Order(request, nowMs, null);
  }

  readonly isErrand: boolean;
  readonly priority: number;
  readonly sendBeforeMs: number; // Unix milliseconds
  readonly askers: Respond[];
  sends = 0; // frames written, repeats included
  private sentReply: DownReply | null = null;

  constructor(
    readonly request: DownRequest,
    readonly arrivedMs: number,
    asker: Respond | null, // null: an errand
  ) {
    this.isErrand = asker === null;
    this.priority = asker === null ? BEHIND_ALL : COMMAND_PRIORITY[request.command.kind];
    this.sendBeforeMs = Date.parse(request.sendBefore);
    this.askers = asker === null ? [] : [asker];
  }

  get command(): DeviceCommand {
    return this.request.command;
  }

  /** The same order was asked for again, by a `command` service that lost the first answer. */
  join(asker: Respond): void {
    this.askers.push(asker);
    if (this.sentReply !== null) asker(this.sentReply);
  }

  written(epochMs: number): void {
    this.sends++;
    if (this.sentReply !== null) return;
    this.sentReply = { stage: 'sent', at: toInstant(epochMs) };
    for (const tell of this.askers) tell(this.sentReply);
  }

  done(outcome: CommandOutcome, epochMs: number): void {
    for (const tell of this.askers) tell({ stage: 'done', at: toInstant(epochMs), outcome, sends: this.sends });
  }
}
