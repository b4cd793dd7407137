import type { VirtualDevice } from '../core/protocol';
import type { Random } from '../core/random';
import { Timers } from '../core/timers';
import type { Stage } from './scenario';

/** What people at one port tend to do. Chances are per glance; a glance comes every half to one and a half minutes. */
export interface Habits {
  readonly arrive: number; // someone plugs in at an idle port
  readonly startThemselves: number; // a waiting vehicle's owner uses card or code instead of an app
  readonly leaveEarly: number; // someone unplugs a running charge
  readonly leaveFinished: number;
}

const GLANCE_MS = [30_000, 90_000] as const;
/** At most this much real time until the first glance, so that something happens soon after the start. */
const FIRST_GLANCE_REAL_MS = 3000;

/** Life at every port of a fleet, by the habits of its people. Returns what ends it. */
export function peopleCome({ fleet }: Stage, habitsOf: (device: VirtualDevice, index: number) => Habits): () => void {
  const { clock } = fleet;
  const timers = new Timers(clock);
  fleet.devices.forEach((device, index) => {
    const random = fleet.random.fork(0x100000 + index);
    const habits = habitsOf(device, index);
    for (let portNo = 1; portNo <= device.portCount; portNo++) {
      const glance = (): void => {
        if (device.connected) happen(device, portNo, habits, random);
        timers.after(random.between(...GLANCE_MS), glance);
      };
      timers.after(random.between(0, Math.min(GLANCE_MS[1], clock.fromReal(FIRST_GLANCE_REAL_MS))), glance);
    }
  });
  return () => {
    timers.cancelAll();
  };
}

function happen(device: VirtualDevice, portNo: number, habits: Habits, random: Random): void {
  switch (device.portState(portNo)) {
    case 'idle':
      if (random.chance(habits.arrive)) device.plugIn(portNo);
      break;
    case 'plugged':
      if (random.chance(habits.startThemselves)) startThemselves(device, portNo, random);
      break;
    case 'charging':
      if (random.chance(habits.leaveEarly)) device.unplug(portNo);
      break;
    case 'finished':
      if (random.chance(habits.leaveFinished)) device.unplug(portNo);
      break;
    default: // a broken port has no visitors
  }
}

function startThemselves(device: VirtualDevice, portNo: number, random: Random): void {
  switch (random.pick(['swipe', 'card', 'code'])) {
    case 'swipe':
      device.swipeCard(portNo);
      break;
    case 'card':
      device.startLocally(portNo, { by: 'card' });
      break;
    case 'code':
      device.startLocally(portNo, { by: 'code', durationS: random.integer(1, 8) * 1800 });
  }
}
