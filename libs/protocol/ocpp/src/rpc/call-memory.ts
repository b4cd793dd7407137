const KEPT = 128;

interface Kept {
  readonly hash: number;
  answer: Uint8Array | null; // null: not given yet, or given only with its facts
}

/** The last calls of a station on this connection, with what they were answered: page §2.4. */
export class CallMemory {
  private readonly calls = new Map<string, Kept>();

  /** `new`: never seen. `reused`: the id was, with another content. Else what was answered to the very same call. */
  meet(id: string, hash: number): 'new' | 'reused' | { readonly answer: Uint8Array | null } {
    const known = this.calls.get(id);
    if (known !== undefined) return known.hash === hash ? known : 'reused';
    this.calls.set(id, { hash, answer: null });
    if (this.calls.size > KEPT) for (const oldest of this.calls.keys()) return this.forget(oldest);
    return 'new';
  }
  answered(id: string, answer: Uint8Array): void {
    const known = this.calls.get(id);
    if (known !== undefined) known.answer = answer;
  }

  private forget(id: string): 'new' {
    this.calls.delete(id);
    return 'new';
  }
}
