import type { DeviceId } from '@chargebus/domain';
import { Generations } from './generations';

const WINDOW_MS = 300_000;
const MAX_TAKEOVERS = 5;
const MAX_WATCHED = 50_000;

/**
 * Two stations that were given the same identity throw each other out for ever (ocpp.md §1.7). A station that comes back by
 * itself comes from one address, or from a new one each time; these two take turns.
 */
export class TakeoverWatch {
  private readonly takeovers: Generations<DeviceId, { readonly atMs: number; readonly from: string }[]>;

  constructor(nowMs: number) {
    this.takeovers = new Generations(WINDOW_MS, MAX_WATCHED, nowMs);
  }

  /** One address took the identity from another. True: this one makes it a fight. */
  note(deviceId: DeviceId, from: string, by: string, nowMs: number): boolean {
    if (from === by) return false;
    const before = this.isFight(deviceId, nowMs);
    const recent = this.recent(deviceId, nowMs);
    this.takeovers.set(deviceId, [...recent, { atMs: nowMs, from: by }].slice(-MAX_TAKEOVERS - 1), nowMs);
    return !before && this.isFight(deviceId, nowMs);
  }

  isFight(deviceId: DeviceId, nowMs: number): boolean {
    const recent = this.recent(deviceId, nowMs);
    return recent.length > MAX_TAKEOVERS && new Set(recent.map(({ from }) => from)).size < recent.length / 2;
  }

  private recent(deviceId: DeviceId, nowMs: number) {
    return (this.takeovers.get(deviceId, nowMs) ?? []).filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
  }
}
