import type { Clock } from './clock';
import type { Faults } from './faults';
import type { Random } from './random';

export interface ReplyDeskContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly replyDelayMs: readonly [number, number];
  /** False: not connected, the reply is gone. */
  sendReply(bytes: Uint8Array): boolean;
}

/** Sends the replies to orders, in time or as the faults want it. */
export class ReplyDesk {
  constructor(private readonly context: ReplyDeskContext) {}

  /** `then` runs when the reply is due, even if it is lost. */
  reply(frame: Uint8Array, then: () => void = () => undefined): void {
    const { clock, faults, random, replyDelayMs } = this.context;
    const late = faults.strikes('delayReplies') ? random.between(2000, 20_000) : 0;
    const delayMs = random.between(...replyDelayMs) + late;
    const lost = faults.strikes('loseReplies');
    const act = (): void => {
      if (!lost) this.context.sendReply(frame);
      then();
    };
    if (delayMs === 0) act();
    else clock.after(delayMs, act);
  }
}
