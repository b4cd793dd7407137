import { COMMAND_PRIORITY } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { DueCommand } from '@chargebus/persistence/command';

interface Places {
  taken: number;
  /** Looked at while no place was free, first come first. */
  readonly turnedAway: Map<string, DueCommand>;
}

/**
 * How many attempts this process makes at one device at a time: a silent one holds each of them for half a minute and
 * more, and would with a full queue take every worker. What is turned away is remembered as a hint only; its job
 * sleeps and comes back by itself.
 */
export class DevicePlaces {
  private readonly devices = new Map<DeviceId, Places>();
  private taken = 0;

  constructor(
    private readonly max: number,
    /** Of all devices, for attempts that no worker's slot bounds. */
    private readonly maxAtOnce: number,
  ) {}

  /** For an attempt that waits for no worker; where no place is free the command takes the queue. */
  enterAtOnce(due: DueCommand): boolean {
    const isFree = due.kind === 'charge.stop' || (this.devices.get(due.deviceId)?.taken ?? 0) < this.max;
    return this.taken < this.maxAtOnce && isFree && this.enter(due);
  }

  /** A stop is never turned away. After true, `leave` must follow. */
  enter(due: DueCommand): boolean {
    const places = this.devices.get(due.deviceId) ?? { taken: 0, turnedAway: new Map<string, DueCommand>() };
    if (places.taken >= this.max && due.kind !== 'charge.stop') {
      places.turnedAway.set(due.commandId, due);
      return false;
    }
    places.turnedAway.delete(due.commandId);
    places.taken++;
    this.taken++;
    this.devices.set(due.deviceId, places);
    return true;
  }

  /** Who may come next, the most urgent first; null: nobody waits. */
  leave(deviceId: DeviceId): DueCommand | null {
    const places = this.devices.get(deviceId);
    if (places === undefined) return null;
    places.taken--;
    this.taken--;
    let next: DueCommand | null = null;
    for (const due of places.turnedAway.values())
      if (next === null || COMMAND_PRIORITY[due.kind] < COMMAND_PRIORITY[next.kind]) next = due;
    if (next !== null) places.turnedAway.delete(next.commandId);
    if (places.taken === 0 && places.turnedAway.size === 0) this.devices.delete(deviceId);
    return next;
  }
}
