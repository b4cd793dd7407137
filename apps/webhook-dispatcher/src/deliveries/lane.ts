import { roomAfter } from '@chargebus/persistence/webhook';
import type { ClaimedDelivery, ClaimRequest, LaneName, Occupancy } from '@chargebus/persistence/webhook';
import { Turns } from './turns';

/** A quick endpoint gets so many times its places, so that a burst need not go by way of Postgres. */
const QUICK_FACTOR = 4;
/** Who answers in that time works off all that is taken for it within half a second. */
const QUICK_MS = 100;

/** What this process has taken for each endpoint, for one kind of attempt, and where more waits in Postgres than that. */
export class Lane {
  readonly turns: Turns;
  private readonly taken = new Map<string, number>();
  private readonly quick = new Set<string>(); // by their last answer
  private readonly behind = new Set<string>();
  private readonly asked = new Set<string>(); // of those behind: a claim was asked for, and has not been answered yet
  private readonly unseen = new Set<string>(); // where something was left since the claim under way began

  /** `places`: attempts at one endpoint at a time. */
  constructor(
    readonly name: LaneName,
    readonly places: number,
  ) {
    this.turns = new Turns(places);
  }

  takenAt(endpointId: string): number {
    return this.taken.get(endpointId) ?? 0;
  }
  /** How much may be taken for an endpoint in all. `share` (0–1): what this process can spare. */
  roomAt(endpointId: string, share: number): number {
    return Math.ceil(this.places * (this.quick.has(endpointId) ? QUICK_FACTOR : 1) * share);
  }
  /** What a claim that begins now has to know of busy endpoints. */
  beginClaim(share: number): ReadonlyMap<string, Occupancy> {
    this.unseen.clear();
    return new Map([...this.taken].map(([id, taken]) => [id, { taken, room: this.roomAt(id, share) }]));
  }

  /** Deliveries may be waiting in Postgres, so whatever comes is to wait behind them. */
  isBehind(endpointId: string): boolean {
    return this.behind.has(endpointId);
  }
  get behindAt(): readonly string[] {
    return [...this.behind];
  }
  setBehind(endpointIds: Iterable<string>): void {
    for (const endpointId of endpointIds) {
      this.behind.add(endpointId);
      this.unseen.add(endpointId);
    }
  }
  /** Asking for one delivery at a time would cost a query each: half of the places are to be free. */
  isWorthAsking(endpointId: string): boolean {
    return this.behind.has(endpointId) && this.takenAt(endpointId) <= this.places / 2;
  }

  take(endpointId: string): void {
    this.taken.set(endpointId, this.takenAt(endpointId) + 1);
  }
  giveBack(endpointId: string): void {
    const left = this.takenAt(endpointId) - 1;
    if (left > 0) this.taken.set(endpointId, left);
    else this.taken.delete(endpointId);
  }
  /** True: it is time to ask for more. */
  finish(endpointId: string, durationMs: number): boolean {
    this.giveBack(endpointId);
    if (durationMs < QUICK_MS) this.quick.add(endpointId);
    else this.quick.delete(endpointId);
    if (!this.isWorthAsking(endpointId) || this.asked.has(endpointId)) return false;
    this.asked.add(endpointId);
    return true;
  }

  /**
   * What came of a claim: who got as much as there was room for is behind, who got less is not. Who got nothing while
   * something was taken may have had no room, and where something was left meanwhile it was not seen: nothing is known
   * about them. Returns who is to be asked for again.
   */
  learn(request: ClaimRequest, claims: readonly ClaimedDelivery[]): readonly string[] {
    const endpointIds = request.endpointIds ?? [...this.behind];
    for (const endpointId of endpointIds) this.asked.delete(endpointId);
    if (claims.length === request.max) return []; // the others had no chance
    const got = new Map<string, number>();
    for (const { endpointId, endpointFailures } of claims) {
      const count = (got.get(endpointId) ?? 0) + 1;
      got.set(endpointId, count);
      const { taken, room } = request.busy.get(endpointId) ?? { taken: 0, room: request.room };
      if (count >= roomAfter(endpointFailures, room) - taken) this.behind.add(endpointId);
      else if (!this.unseen.has(endpointId)) this.behind.delete(endpointId);
    }
    for (const endpointId of endpointIds)
      if (!got.has(endpointId) && !request.busy.has(endpointId) && !this.unseen.has(endpointId))
        this.behind.delete(endpointId);
    return [...new Set([...got.keys(), ...this.unseen])].filter((endpointId) => this.isWorthAsking(endpointId));
  }
}
