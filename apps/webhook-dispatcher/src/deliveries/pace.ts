/** When the next attempt at each endpoint with a limit may begin, in this process: evenly spaced, after a second's worth. */
export class Pace {
  private readonly nextMs = new Map<string, number>();
  private readonly waiting = new Map<NodeJS.Timeout, () => void>();

  /** Resolves when it is this attempt's turn, or at once after `stop`. */
  async turn(endpointId: string, perMin: number, nowMs = Date.now()): Promise<void> {
    const everyMs = 60_000 / perMin;
    const headStartMs = Math.max(0, 1_000 - everyMs);
    const atMs = Math.max(this.nextMs.get(endpointId) ?? 0, nowMs - headStartMs);
    this.nextMs.set(endpointId, atMs + everyMs);
    if (atMs <= nowMs) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(timer);
        resolve();
      }, atMs - nowMs);
      this.waiting.set(timer, resolve);
    });
  }

  /** Lets everybody go who waits: they are to look whether they may still begin. */
  stop(): void {
    for (const [timer, resolve] of this.waiting) {
      clearTimeout(timer);
      resolve();
    }
    this.waiting.clear();
  }
}
