import { subjectToken } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';

const SUBJECT = 'cb.fleet.job.';
const NEW_JOB = 'cb.fleet.new_job';

/**
 * Tells every replica that something about a job has changed, so that whoever works on it or waits for it looks.
 * Announcements are hints on core NATS: one that is lost costs a second, never the truth, which is in Postgres.
 */
export class JobWatch {
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(private readonly bus: Bus) {
    bus.nc.subscribe(`${SUBJECT}*`, {
      callback: (error, message) => {
        if (error !== null) return;
        for (const listener of this.listeners.get(message.subject.slice(SUBJECT.length)) ?? []) listener();
      },
    });
  }

  announceNew(): void {
    this.bus.nc.publish(NEW_JOB);
  }
  onNew(listener: () => void): void {
    this.bus.nc.subscribe(NEW_JOB, {
      callback: (error) => {
        if (error === null) listener();
      },
    });
  }

  announce(jobIds: Iterable<string>): void {
    for (const jobId of new Set(jobIds)) this.bus.nc.publish(SUBJECT + subjectToken(jobId));
  }

  /** Calls `listener` at every change from now on, until the function that comes back is called. */
  listen(jobId: string, listener: () => void): () => void {
    const token = subjectToken(jobId);
    const listening = this.listeners.get(token) ?? new Set();
    this.listeners.set(token, listening.add(listener));
    return () => {
      listening.delete(listener);
      if (listening.size === 0) this.listeners.delete(token);
    };
  }
}
