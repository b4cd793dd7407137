export type Refusal = 'full' | 'address_full';

/** How many connections there may be, in all and from one address. */
export class Admission {
  private total = 0;
  private readonly byAddress = new Map<string, number>();

  constructor(
    private readonly maxTotal: number,
    private readonly maxPerAddress: number,
  ) {}

  /** Null: taken, and to be given back with `leave`. */
  enter(address: string): Refusal | null {
    const here = this.byAddress.get(address) ?? 0;
    if (this.total >= this.maxTotal) return 'full';
    if (here >= this.maxPerAddress) return 'address_full';
    this.total++;
    this.byAddress.set(address, here + 1);
    return null;
  }

  leave(address: string): void {
    const here = (this.byAddress.get(address) ?? 1) - 1;
    this.total--;
    if (here === 0) this.byAddress.delete(address);
    else this.byAddress.set(address, here);
  }
}
