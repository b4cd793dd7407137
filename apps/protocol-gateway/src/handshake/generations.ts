/**
 * A map that forgets: what was not touched for one to two lifetimes is gone, and so is the older half when too much comes
 * at once. So strangers cannot fill the memory by knocking under ever new names.
 */
export class Generations<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private turnAtMs: number;

  constructor(
    private readonly lifetimeMs: number,
    private readonly maxEntries: number, // of one generation
    nowMs: number,
  ) {
    this.turnAtMs = nowMs + lifetimeMs;
  }

  get(key: K, nowMs: number): V | undefined {
    this.turn(nowMs);
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.young.set(key, older);
    return older;
  }
  set(key: K, value: V, nowMs: number): void {
    this.turn(nowMs);
    this.young.set(key, value);
  }
  delete(key: K): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  private turn(nowMs: number): void {
    if (nowMs < this.turnAtMs && this.young.size < this.maxEntries) return;
    this.old = nowMs < this.turnAtMs + this.lifetimeMs ? this.young : new Map<K, V>();
    this.young = new Map<K, V>();
    this.turnAtMs = nowMs + this.lifetimeMs;
  }
}
