import { progressLoad } from './progress-load';
import type { Scenario } from './scenario';
import { peopleCome } from './street';
import type { Habits } from './street';

const WAIT_FOR_ORDERS: Habits = { arrive: 0.8, startThemselves: 0, leaveEarly: 0, leaveFinished: 0.5 };
const HELP_THEMSELVES: Habits = { arrive: 0.3, startThemselves: 0.5, leaveEarly: 0.01, leaveFinished: 0.3 };
/** In `mixed`, every third device is used with cards and codes; the first ones wait for orders. */
const CARD_EVERY = 3;

export const SCENARIOS = {
  idle: { summary: 'devices register and send heartbeats, nobody comes', start: () => () => undefined },
  charging: {
    summary: 'a vehicle waits at every port; charges start when the platform orders them',
    start: (stage) => peopleCome(stage, () => WAIT_FOR_ORDERS),
  },
  card: {
    summary: 'people start charges at the device, by card and by code',
    start: (stage) => peopleCome(stage, () => HELP_THEMSELVES),
  },
  mixed: {
    summary: 'a third of the devices like card, the others like charging (for demonstrations)',
    start: (stage) =>
      peopleCome(stage, (_, index) => (index % CARD_EVERY === CARD_EVERY - 1 ? HELP_THEMSELVES : WAIT_FOR_ORDERS)),
  },
  'progress-load': progressLoad,
} as const satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof SCENARIOS;
