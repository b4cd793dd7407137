/** Hears that the stream has the facts that it waited for. */
export interface WhenStored {
  stored(): void;
}

/** What a fact costs besides its text: string header, slot, the answer that may wait for it. */
const OVERHEAD_BYTES = 128;

/** Facts that leave as one message; each is encoded once, when it comes. */
export class Batch {
  readonly facts: string[] = [];
  readonly listeners: WhenStored[] = [];
  bytes = 0;

  /** Returns by how much the batch grew. */
  add(fact: string): number {
    const bytes = fact.length + OVERHEAD_BYTES;
    this.facts.push(fact);
    this.bytes += bytes;
    return bytes;
  }

  /** The JSON text of a `ProtocolEventBatch`. */
  payload(): string {
    return `{"v":1,"facts":[${this.facts.join(',')}]}`;
  }
}
