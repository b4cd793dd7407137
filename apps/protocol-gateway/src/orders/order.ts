import { COMMAND_PRIORITY, toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import type { DownReply, DownRequest } from '@chargebus/requests';

export type Respond = (reply: DownReply) => void;

/** One order on its way to a device, with whoever asked for it. */
export class Order {
  readonly priority: number;
  readonly sendBeforeMs: number; // Unix milliseconds
  readonly askers: Respond[];
  sends = 0; // frames written, repeats included
  private sentReply: DownReply | null = null;

  constructor(
    readonly request: DownRequest,
    readonly arrivedMs: number,
    asker: Respond,
  ) {
    this.priority = COMMAND_PRIORITY[request.command.kind];
    this.sendBeforeMs = Date.parse(request.sendBefore);
    this.askers = [asker];
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
