import { ServerBusy } from '@chargebus/errors';

export interface FairGateOptions {
  readonly places: number; // calls under way at once in this process
  readonly waiting: number; // of one tenant
  readonly waitMs: number;
}
type Leave = () => void;
interface Waiter {
  readonly enter: (leave: Leave) => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}
interface Line {
  inside: number;
  readonly waiters: Waiter[];
}

/**
 * The places of one replica, shared fairly between tenants: one alone may take three quarters of them, and a place that
 * becomes free goes to the waiting tenant that has the fewest. So a flood makes its own tenant wait and nobody else's.
 */
export class FairGate {
  private readonly lines = new Map<string, Line>();
  private inside = 0;
  private readonly share: number;

  constructor(private readonly options: FairGateOptions) {
    this.share = Math.max(1, Math.floor((options.places * 3) / 4));
  }

  /** Resolves with what gives the place back. Throws SERVER_BUSY when the tenant's line is full or does not move. */
  enter(tenantId: string): Promise<Leave> {
    const line = this.lines.get(tenantId) ?? { inside: 0, waiters: [] };
    this.lines.set(tenantId, line);
    if (this.hasRoom(line)) return Promise.resolve(this.admit(tenantId, line));
    if (line.waiters.length >= this.options.waiting) return Promise.reject(new ServerBusy());
    return new Promise((enter, refuse) => {
      const timer = setTimeout(() => {
        line.waiters.splice(line.waiters.indexOf(waiter), 1);
        this.forgetIdle(tenantId, line);
        refuse(new ServerBusy());
      }, this.options.waitMs);
      timer.unref(); // the call's own connection keeps the process alive
      const waiter: Waiter = { enter, refuse, timer };
      line.waiters.push(waiter);
    });
  }

  private hasRoom(line: Line): boolean {
    return this.inside < this.options.places && line.inside < this.share;
  }

  private admit(tenantId: string, line: Line): Leave {
    this.inside++;
    line.inside++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.inside--;
      line.inside--;
      this.admitNext();
      this.forgetIdle(tenantId, line);
    };
  }

  private admitNext(): void {
    let next: readonly [string, Line] | null = null;
    for (const entry of this.lines)
      if (entry[1].waiters.length > 0 && this.hasRoom(entry[1]) && (next === null || entry[1].inside < next[1].inside))
        next = entry;
    const waiter = next?.[1].waiters.shift();
    if (next === null || waiter === undefined) return;
    clearTimeout(waiter.timer);
    waiter.enter(this.admit(...next));
  }

  private forgetIdle(tenantId: string, line: Line): void {
    if (line.inside === 0 && line.waiters.length === 0) this.lines.delete(tenantId);
  }
}
