/** Lets tests wait for a device to reach a state; costs one null check per change while nobody waits. */
export class Watch {
  private waiting: Set<() => void> | null = null;

  /** To be called after every change that somebody may wait for. */
  changed(): void {
    if (this.waiting !== null) for (const check of [...this.waiting]) check();
  }

  /** Resolves once `holds` is true; rejects after `timeoutMs` of real time, naming `what` was awaited. */
  async until(holds: () => boolean, what: string, timeoutMs: number): Promise<void> {
    if (holds()) return;
    const waiting = (this.waiting ??= new Set());
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(deadline);
        waiting.delete(check);
        resolve();
      };
      const deadline = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`${what}: not within ${timeoutMs} ms`));
      }, timeoutMs);
      waiting.add(check);
    });
  }
}
