import type { JobKind } from './job-kind';

/** The kinds of jobs that this build knows. */
export class JobRegistry {
  private readonly kinds: ReadonlyMap<string, JobKind>;

  constructor(kinds: readonly JobKind[]) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
    if (this.kinds.size !== kinds.length) throw new Error('two kinds of jobs have the same name');
  }

  /** Undefined: a newer build made the job; it waits for one. */
  find(kind: string): JobKind | undefined {
    return this.kinds.get(kind);
  }
}
