import type { Clock, Timer } from './clock';

interface Appointment {
  readonly dueMs: number;
  readonly task: () => void;
}

/** A clock that stands still until it is told to move on: behaviour of hours, tested without waiting. */
export class ManualClock implements Clock {
  readonly speed = 1;
  private now = 0;
  private readonly appointments = new Set<Appointment>();

  constructor(private readonly epochStartS = 1_750_000_000) {}

  nowMs(): number {
    return this.now;
  }

  epochS(): number {
    return this.epochStartS + Math.floor(this.now / 1000);
  }

  after(delayMs: number, task: () => void): Timer {
    const appointment = { dueMs: this.now + delayMs, task };
    this.appointments.add(appointment);
    return { cancel: () => this.appointments.delete(appointment) };
  }

  fromReal(realMs: number): number {
    return realMs;
  }

  /** Runs everything that falls due within `ms`, in order, appointments made on the way included. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.earliest();
      if (next === undefined || next.dueMs > until) break;
      this.appointments.delete(next);
      this.now = Math.max(this.now, next.dueMs);
      next.task();
    }
    this.now = until;
  }

  private earliest(): Appointment | undefined {
    let earliest: Appointment | undefined;
    for (const each of this.appointments) if (earliest === undefined || each.dueMs < earliest.dueMs) earliest = each;
    return earliest;
  }
}
