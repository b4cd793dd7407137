import type { DeviceId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { AdmissionChanged, AdmitDevices } from '@chargebus/requests';
import type { DeviceAdmission, RequestOf } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { readJson } from '../read-json';

export type Knock = RequestOf<typeof AdmitDevices>['knocks'][number];

const GATHER_MS = 5;
const MAX_KNOCKS = 500; // of one question
const KNOWN_MS = 300_000; // changes are announced; this bounds the harm of an announcement that was lost
const UNKNOWN_MS = 10_000; // of devices that may turn up, or boot for the first time, at any replica
const MAX_KEPT = 100_000;

interface Waiting {
  readonly knock: Knock;
  readonly resolve: (admission: DeviceAdmission | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Who may come in, and how, as the registry says. The identities that knock within a few milliseconds are asked about
 * together and the answers are kept, so that a city that reconnects costs a handful of questions, or none.
 */
export class Admissions {
  private readonly kept = new LRUCache<DeviceId, { readonly admission: DeviceAdmission | null }>({ max: MAX_KEPT });
  /** Stations that booted here a moment ago: the registry hears of it a little later. */
  private readonly acceptedHere = new LRUCache<DeviceId, true>({ max: MAX_KEPT, ttl: KNOWN_MS });
  private gathered: Waiting[] = [];

  constructor(
    private readonly bus: Pick<Bus, 'ask' | 'nc'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Null: nobody's device. Throws when the registry does not answer. */
  find(knock: Knock): Promise<DeviceAdmission | null> {
    const known = this.kept.get(knock.deviceId);
    if (known !== undefined) return Promise.resolve(known.admission);
    return new Promise((resolve, reject) => {
      this.gathered.push({ knock, resolve, reject });
      if (this.gathered.length === 1) this.clock.after(GATHER_MS, () => void this.askAll());
      else if (this.gathered.length >= MAX_KNOCKS) void this.askAll();
    });
  }

  /** The device was let take part, here and now. */
  noteAccepted(deviceId: DeviceId): void {
    this.acceptedHere.set(deviceId, true);
  }
  wasAccepted(deviceId: DeviceId, { accepted }: DeviceAdmission): boolean {
    return accepted || this.acceptedHere.has(deviceId);
  }

  forget(deviceId: DeviceId): void {
    this.kept.delete(deviceId);
  }
  /** While nobody could hear announcements, anything may have changed. */
  forgetAll(): void {
    this.kept.clear();
  }

  /** Hears of every change. `shutOut`: a device that may not be connected any more. */
  listen(shutOut: (deviceId: DeviceId) => void): void {
    this.bus.nc.subscribe(`${AdmissionChanged.prefix}.*`, {
      callback: (error, message) => {
        if (error !== null) {
          this.logger.error({ err: error }, 'changes of admissions cannot be heard');
          return;
        }
        const parsed = AdmissionChanged.schema.safeParse(readJson(message));
        if (!parsed.success) {
          this.logger.warn({ err: parsed.error, subject: message.subject }, 'unreadable change of an admission');
          return;
        }
        this.forget(parsed.data.deviceId);
        if (!parsed.data.enabled) shutOut(parsed.data.deviceId);
      },
    });
  }

  private async askAll(): Promise<void> {
    const waiting = this.gathered;
    this.gathered = [];
    if (waiting.length === 0) return;
    try {
      const { admissions } = await this.bus.ask(AdmitDevices, { knocks: waiting.map(({ knock }) => knock) });
      waiting.forEach(({ knock, resolve }, i) => {
        const admission = admissions[i] ?? null;
        this.kept.set(knock.deviceId, { admission }, { ttl: admission?.accepted === true ? KNOWN_MS : UNKNOWN_MS });
        resolve(admission);
      });
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
