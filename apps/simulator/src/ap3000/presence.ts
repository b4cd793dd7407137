import type { Clock, Timer } from '../core/clock';
import type { Random } from '../core/random';
import type { Statistics } from '../core/statistics';
import { Timers } from '../core/timers';
import type { Charger } from './charger';
import type { Model } from './models';
import type { DeviceMemory } from './parameters';
import type { RequestDesk } from './request-desk';

const TIME_AFTER_MS = 1000;
const BEAT_AFTER_MS = 2000;
const TIME_AGAIN_MS = 3 * 60_000;
const TIME_EVERY_MS = 12 * 3_600_000;
const OFFLINE_AFTER_BEATS = 2;
const OLD_BEAT_RETRANSMISSIONS = 2;

export interface PresenceContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly model: Model;
  readonly memory: DeviceMemory;
  readonly charger: Charger;
  readonly desk: RequestDesk;
  readonly virtualId: number; // address behind a host, 0 otherwise
  readonly environment: { readonly voltageV: number; readonly temperatureC: number };
  readonly versions: { readonly firmware: number; readonly powerBoard: number | null };
  onRegistered(): void;
}

/** How a device makes itself known: registration, clock, heartbeats; and whether it believes to be online. */
export class Presence {
  registered = false;
  private missedBeats = 0;
  private nextBeat: Timer | null = null;
  private readonly timers: Timers;

  constructor(private readonly context: PresenceContext) {
    this.timers = new Timers(context.clock);
  }

  /** Two unanswered heartbeats, or no answer yet: cards start charges without asking. */
  get offline(): boolean {
    return !this.registered || this.missedBeats >= OFFLINE_AFTER_BEATS;
  }

  /** Power-up or reconnect: 20, 22, 01 and 21, or only 01 where nothing else is known. */
  boot(): void {
    this.missedBeats = 0;
    if (this.context.model.generation === 'old') {
      this.beatOld();
      return;
    }
    this.register();
    this.timers.after(TIME_AFTER_MS, () => {
      this.askTime();
    });
    this.timers.after(BEAT_AFTER_MS, () => {
      this.sendOldHeartbeat();
      this.beat();
    });
  }

  shutDown(): void {
    this.timers.cancelAll();
    this.nextBeat = null;
    if (this.registered) this.context.statistics.registered -= 1;
    this.registered = false;
  }

  /** What 81 asks for. */
  announce(): void {
    this.timers.after(TIME_AFTER_MS, () => {
      if (this.context.model.generation === 'current') this.register();
      this.sendOldHeartbeat();
      if (this.context.model.generation === 'current') this.beat();
    });
  }

  /** A heartbeat now; the next one a whole interval later, give or take a twentieth. */
  beat(): void {
    const { charger, desk, environment, model } = this.context;
    this.scheduleBeat(() => {
      this.beat();
    });
    desk.ask(
      '21',
      {
        voltageV: environment.voltageV,
        portCount: model.portCount,
        portStatuses: charger.statuses(),
        signal: 0,
        temperatureC: environment.temperatureC,
      },
      {
        onAnswer: () => {
          this.missedBeats = 0;
        },
        onSilence: () => {
          this.missedBeats += 1;
        },
      },
    );
  }

  /** 83 set another interval. */
  reschedule(): void {
    if (this.context.model.generation === 'current')
      this.scheduleBeat(() => {
        this.beat();
      });
  }

  private register(): void {
    const { desk, memory, model, versions, virtualId } = this.context;
    desk.ask(
      '20',
      {
        firmwareVersion: versions.firmware,
        portCount: model.portCount,
        virtualId,
        deviceType: model.deviceType,
        workMode: memory.workMode ?? model.workMode,
        ...(versions.powerBoard === null ? {} : { powerBoardVersion: versions.powerBoard }),
      },
      {
        onAnswer: ({ result }) => {
          if (result === 0) this.becomeRegistered();
          else this.registerLater();
        },
        onSilence: () => {
          this.registerLater();
        },
      },
    );
  }

  private registerLater(): void {
    this.timers.after(this.context.memory.run1.heartbeatIntervalS * 1000, () => {
      this.register();
    });
  }

  private becomeRegistered(): void {
    if (this.registered) return;
    this.registered = true;
    this.context.statistics.registered += 1;
    this.context.onRegistered();
  }

  private askTime(): void {
    const again = (delayMs: number) => (): void => {
      this.timers.after(delayMs, () => {
        this.askTime();
      });
    };
    this.context.desk.ask('22', {}, { onAnswer: again(TIME_EVERY_MS), onSilence: again(TIME_AGAIN_MS) });
  }

  /** The heartbeat of old models, and their registration: unanswered after three, it is not sent again. */
  private beatOld(): void {
    const { desk } = this.context;
    desk.ask('01', this.oldHeartbeat(), {
      retransmissions: OLD_BEAT_RETRANSMISSIONS,
      onAnswer: () => {
        this.missedBeats = 0;
        this.becomeRegistered();
        this.scheduleBeat(() => {
          this.beatOld();
        });
      },
      onSilence: () => {
        this.missedBeats = OFFLINE_AFTER_BEATS;
      },
    });
  }

  private sendOldHeartbeat(): void {
    this.context.desk.tell('01', this.oldHeartbeat());
  }

  private oldHeartbeat(): Parameters<typeof this.context.desk.tell<'01'>>[1] {
    const { charger, environment, model, versions, virtualId } = this.context;
    const { now, peak } = charger.powersW();
    return {
      firmwareVersion: versions.firmware,
      voltageV: environment.voltageV,
      portCount: model.portCount,
      portStatuses: charger.statuses(),
      portPowersW: now,
      portPeakPowersW: peak,
      virtualId,
      signal: 0,
      deviceType: model.deviceType,
      temperatureC: environment.temperatureC,
      workMode: 0, // sent as 0 whatever 20 says (captures)
    };
  }

  private scheduleBeat(beat: () => void): void {
    const { memory, random } = this.context;
    this.nextBeat?.cancel();
    this.nextBeat = this.timers.after(memory.run1.heartbeatIntervalS * 1000 * random.between(0.95, 1.05), beat);
  }
}
