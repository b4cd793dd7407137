/** Wakes one sleeper. A ring while nobody sleeps is kept for the next sleep. */
export class Bell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** Until it rings, at most so long. */
  async sleep(ms: number): Promise<void> {
    if (!this.rung && ms > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.wake = null;
    this.rung = false;
  }
}
