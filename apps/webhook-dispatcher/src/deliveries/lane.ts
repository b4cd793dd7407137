import { placesOf } from '@chargebus/persistence/webhook';
import type { ClaimedDelivery, ClaimRequest, LaneName } from '@chargebus/persistence/webhook';

/** Places at each endpoint for one kind of attempt, in this process, and where more waits in Postgres than was taken. */
export class Lane {
  private readonly taken = new Map<string, number>();
  private readonly behind = new Set<string>();
  private readonly asked = new Set<string>(); // of those behind: a claim was asked for, and has not been answered yet

  constructor(
    readonly name: LaneName,
    readonly places: number,
  ) {}

  get busy(): ReadonlyMap<string, number> {
    return this.taken;
  }
  takenAt(endpointId: string): number {
    return this.taken.get(endpointId) ?? 0;
  }

  /** Deliveries may be waiting in Postgres, so whatever comes is to wait behind them. */
  isBehind(endpointId: string): boolean {
    return this.behind.has(endpointId);
  }
  setBehind(endpointIds: Iterable<string>): void {
    for (const endpointId of endpointIds) this.behind.add(endpointId);
  }

  take(endpointId: string): void {
    this.taken.set(endpointId, this.takenAt(endpointId) + 1);
  }
  /**
   * True: more may be waiting, and by now half of the endpoint's places are free. Asking for one delivery at a time would
   * cost a query each.
   */
  free(endpointId: string): boolean {
    const left = this.takenAt(endpointId) - 1;
    if (left > 0) this.taken.set(endpointId, left);
    else this.taken.delete(endpointId);
    if (!this.isWorthAsking(endpointId) || this.asked.has(endpointId)) return false;
    this.asked.add(endpointId);
    return true;
  }

  /**
   * What came of a claim: who got as much as there was room for is behind, who got less is not. Who got nothing while
   * places were taken may have had no room, so nothing is known about it. Returns who is to be asked for again.
   */
  learn(request: ClaimRequest, claims: readonly ClaimedDelivery[]): readonly string[] {
    const endpointIds = request.endpointIds ?? [...this.behind];
    for (const endpointId of endpointIds) this.asked.delete(endpointId);
    if (claims.length === request.max) return []; // the others had no chance
    const got = new Map<string, number>();
    for (const { endpointId, endpointFailures: failures } of claims) {
      const count = (got.get(endpointId) ?? 0) + 1;
      got.set(endpointId, count);
      const room = placesOf({ failures }, request.places) - (request.busy.get(endpointId) ?? 0);
      if (count >= room) this.behind.add(endpointId);
      else this.behind.delete(endpointId);
    }
    for (const endpointId of endpointIds)
      if (!got.has(endpointId) && !request.busy.has(endpointId)) this.behind.delete(endpointId);
    return [...got.keys()].filter((endpointId) => this.isWorthAsking(endpointId));
  }

  private isWorthAsking(endpointId: string): boolean {
    return this.behind.has(endpointId) && this.takenAt(endpointId) <= this.places / 2;
  }
}
