import { LRUCache } from 'lru-cache';

const WINDOW_MS = 600_000;
const MISSES = 20;
const CONNECTIONS = 16; // of one address: many devices may stand behind one modem

/** What one address may do: guesses are counted, and so many are enough. */
export class AddressLimits {
  private readonly misses = new LRUCache<string, number>({ max: 10_000, ttl: WINDOW_MS, noUpdateTTL: true });
  private readonly open = new Map<string, number>();

  /** False: it has too many connections. */
  connected(address: string): boolean {
    const open = (this.open.get(address) ?? 0) + 1;
    this.open.set(address, open);
    return open <= CONNECTIONS;
  }
  disconnected(address: string): void {
    const open = (this.open.get(address) ?? 1) - 1;
    if (open === 0) this.open.delete(address);
    else this.open.set(address, open);
  }
  missed(address: string): void {
    this.misses.set(address, (this.misses.get(address) ?? 0) + 1);
  }
  isBarred(address: string): boolean {
    return (this.misses.get(address) ?? 0) >= MISSES;
  }
}
