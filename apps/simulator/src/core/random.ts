/** A seedable source of numbers (mulberry32): the same seed gives the same fleet, vehicles and faults. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** In [min, max). */
  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A whole number in [min, max], both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** True with probability `p`; 0 draws nothing, so switched-off faults do not disturb a seeded run. */
  chance(p: number): boolean {
    return p > 0 && this.next() < p;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.integer(0, list.length - 1)] ?? list[0];
  }

  /** An independent source for one device; does not advance this one, so devices do not depend on their order. */
  fork(index: number): Random {
    return new Random(Math.imul(this.state ^ (index + 0x9e3779b9), 0x85ebca6b) ^ (index << 7));
  }
}
