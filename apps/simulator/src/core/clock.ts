/** One appointment; cancelling it after it ran, or twice, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The time that devices live in. It runs `speed` times as fast as ours, so a night's charging fits in a coffee break.
 * All delays are milliseconds of device time unless they say otherwise.
 */
export interface Clock {
  readonly speed: number;
  /** Milliseconds of device time since the fleet was made. */
  nowMs(): number;
  /** Wall clock, Unix seconds: what a device that synchronised with the platform puts into its frames. */
  epochS(): number;
  after(delayMs: number, task: () => void): Timer;
  /** Device time that passes in `realMs` of ours: for what compression must not touch, such as the platform's speed. */
  fromReal(realMs: number): number;
}

const TICK_MS = 5;
const SLOTS = 4096;

class Appointment implements Timer {
  constructor(
    private readonly slot: Set<Appointment>,
    readonly tick: number,
    readonly task: () => void,
  ) {}

  cancel(): void {
    this.slot.delete(this);
  }
}

/** All timers of a fleet on one hashed wheel: tens of thousands of devices share one timer of the process. */
export class WheelClock implements Clock {
  private readonly startedAt = performance.now();
  private readonly slots = Array.from({ length: SLOTS }, () => new Set<Appointment>());
  private readonly driver: NodeJS.Timeout;
  private tick = 0;

  constructor(readonly speed = 1) {
    this.driver = setInterval(() => {
      this.turn();
    }, TICK_MS);
  }

  nowMs(): number {
    return (performance.now() - this.startedAt) * this.speed;
  }

  epochS(): number {
    return Math.floor(Date.now() / 1000);
  }

  after(delayMs: number, task: () => void): Timer {
    const dueMs = performance.now() - this.startedAt + delayMs / this.speed;
    const tick = Math.max(this.tick + 1, Math.ceil(dueMs / TICK_MS));
    const slot = this.slotOf(tick);
    const appointment = new Appointment(slot, tick, task);
    slot.add(appointment);
    return appointment;
  }

  fromReal(realMs: number): number {
    return realMs * this.speed;
  }

  /** Forgets every appointment and lets the process end. */
  close(): void {
    clearInterval(this.driver);
    for (const slot of this.slots) slot.clear();
  }

  private slotOf(tick: number): Set<Appointment> {
    const slot = this.slots[tick % SLOTS];
    if (slot === undefined) throw new RangeError(`no slot for tick ${tick}`);
    return slot;
  }

  /** Runs what fell due since the last turn, in order of ticks. A slot also holds appointments of later rounds. */
  private turn(): void {
    const now = Math.floor((performance.now() - this.startedAt) / TICK_MS);
    while (this.tick < now) {
      this.tick += 1;
      const slot = this.slotOf(this.tick);
      for (const appointment of slot) {
        if (appointment.tick > this.tick) continue;
        slot.delete(appointment);
        appointment.task();
      }
    }
  }
}
