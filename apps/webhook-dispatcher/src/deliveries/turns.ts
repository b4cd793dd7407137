interface Waiting {
  readonly priority: number; // 0 passes what waits
  readonly begin: () => void;
}

/** Attempts at each endpoint at a time; the others wait here, the urgent ones in front. */
export class Turns {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, Waiting[]>();

  constructor(private readonly places: number) {}

  /** Resolves when it is this attempt's turn. `end` it. */
  begin(endpointId: string, priority: number): Promise<void> {
    const running = this.running.get(endpointId) ?? 0;
    if (running < this.places) {
      this.running.set(endpointId, running + 1);
      return Promise.resolve();
    }
    return new Promise((begin) => {
      const queue = this.waiting.get(endpointId) ?? [];
      this.waiting.set(endpointId, queue);
      const at = queue.findIndex((other) => other.priority > priority);
      queue.splice(at < 0 ? queue.length : at, 0, { priority, begin });
    });
  }

  /** The place goes to who waits. */
  end(endpointId: string): void {
    const next = this.waiting.get(endpointId)?.shift();
    if (next !== undefined) {
      next.begin();
      return;
    }
    this.waiting.delete(endpointId);
    const left = (this.running.get(endpointId) ?? 1) - 1;
    if (left > 0) this.running.set(endpointId, left);
    else this.running.delete(endpointId);
  }
}
