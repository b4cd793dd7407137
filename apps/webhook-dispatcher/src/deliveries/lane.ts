import type { LaneName } from '@chargebus/persistence/webhook';

/** Places at each endpoint for one kind of attempt, in this process. */
export class Lane {
  private readonly taken = new Map<string, number>();
  private readonly full = new Set<string>();

  constructor(
    readonly name: LaneName,
    readonly places: number,
  ) {}

  get busy(): ReadonlyMap<string, number> {
    return this.taken;
  }

  /** More may be waiting than it has places for. */
  isFull(endpointId: string): boolean {
    return this.full.has(endpointId);
  }

  /** `places` of the endpoint as it was when the delivery was claimed: an ailing one has fewer. */
  take(endpointId: string, places: number): void {
    const taken = (this.taken.get(endpointId) ?? 0) + 1;
    this.taken.set(endpointId, taken);
    if (taken >= places) this.full.add(endpointId);
  }

  /**
   * True: the endpoint had no free place, so more may be waiting, and by now half of its places are free again. Asking
   * for one delivery at a time would cost a query each.
   */
  free(endpointId: string): boolean {
    const left = (this.taken.get(endpointId) ?? 1) - 1;
    if (left > 0) this.taken.set(endpointId, left);
    else this.taken.delete(endpointId);
    return left <= this.places / 2 && this.full.delete(endpointId);
  }
}
