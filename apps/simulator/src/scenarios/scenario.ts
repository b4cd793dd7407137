import type { Fleet } from '../core/fleet';

export interface Stage {
  readonly fleet: Pick<Fleet, 'clock' | 'devices' | 'random'>;
  /** Of `progress-load`: reports per second of real time, all devices together. */
  readonly framesPerS: number;
}

/** What happens to a fleet's devices from outside: who comes, who starts, who leaves. */
export interface Scenario {
  readonly summary: string; // shown by --help
  /** Returns what ends it; charges that run then go on. */
  start(stage: Stage): () => void;
}
