import type { Random } from './random';
import type { Statistics } from './statistics';

/** What can go wrong on purpose; the text is shown by `--help`. */
export const FAULTS = {
  cut: 'the connection breaks in the middle of a frame',
  split: 'a frame arrives in two pieces',
  glue: 'a frame waits and arrives together with the next one',
  corrupt: 'one byte of a frame is wrong',
  reorder: 'a frame is overtaken by the next one',
  ignoreOrders: 'an order of the platform is not noticed',
  loseReplies: 'an order is carried out but its reply is lost',
  delayReplies: 'the reply to an order comes 2 to 20 s late',
  ignoreAnswers: 'an answer of the platform is not noticed, so the device asks again',
  duplicateRequests: 'a frame that wants an answer is sent twice with the same message id',
  duplicateSettlements: 'an acknowledged settlement is sent once more with a new message id',
} as const;
export type FaultName = keyof typeof FAULTS;

/** The chance of each fault per opportunity (a frame, an order, an answer), 0 to 1. */
export type FaultPlan = Readonly<Record<FaultName, number>>;

export const NO_FAULTS: FaultPlan = Object.freeze({
  cut: 0,
  split: 0,
  glue: 0,
  corrupt: 0,
  reorder: 0,
  ignoreOrders: 0,
  loseReplies: 0,
  delayReplies: 0,
  ignoreAnswers: 0,
  duplicateRequests: 0,
  duplicateSettlements: 0,
});

/** The plan that a fleet's devices share; changing it acts at once. */
export class FleetFaults {
  plan: FaultPlan = NO_FAULTS;

  constructor(readonly statistics: Statistics) {}

  set(plan: Partial<FaultPlan>): void {
    this.plan = { ...this.plan, ...plan };
  }

  clear(): void {
    this.plan = NO_FAULTS;
  }
}

/** The faults of one connection: the fleet's plan unless it has its own, and single faults that a test orders. */
export class Faults {
  private own: FaultPlan | null = null;
  private due: Map<FaultName, number> | null = null;

  constructor(
    private readonly fleet: FleetFaults,
    private readonly random: Random,
  ) {}

  /** Replaces the fleet's plan for this connection; null gives the fleet's back. */
  set(plan: Partial<FaultPlan> | null): void {
    this.own = plan === null ? null : { ...NO_FAULTS, ...plan };
  }

  /** Lets the next `times` opportunities of this fault come true, whatever the plan says. */
  next(fault: FaultName, times = 1): void {
    this.due ??= new Map();
    this.due.set(fault, (this.due.get(fault) ?? 0) + times);
  }

  /** False while nothing is planned: the fast path of sending. */
  get armed(): boolean {
    return this.due !== null || (this.own ?? this.fleet.plan) !== NO_FAULTS;
  }

  /** Whether this opportunity goes wrong. */
  strikes(fault: FaultName): boolean {
    const struck = this.takeDue(fault) || this.random.chance((this.own ?? this.fleet.plan)[fault]);
    if (struck) this.fleet.statistics.faultsInjected += 1;
    return struck;
  }

  private takeDue(fault: FaultName): boolean {
    const left = this.due?.get(fault) ?? 0;
    if (left === 0) return false;
    if (left === 1) this.due?.delete(fault);
    else this.due?.set(fault, left - 1);
    if (this.due?.size === 0) this.due = null;
    return true;
  }
}
