import type { FieldsOf } from '@chargebus/protocol-ap3000';
import type { Clock } from '../core/clock';
import { FirmwareReceiver } from './firmware-receiver';
import type { FirmwareAnswer } from './firmware-receiver';

const INSTALL_MS = 3000;
const SELF_UPGRADE_MS = 60_000;

export type FirmwareCommand = 'E0' | 'E1' | 'F8';
export interface Versions {
  firmware: number;
  powerBoard: number | null; // null: the model has none
}

export interface FirmwareContext {
  readonly clock: Clock;
  readonly deviceType: number;
  readonly verifiesFirmware: boolean;
  readonly versions: Versions;
  restart(): void;
}

/** A device's way to new versions: images that are sent (E0, E1, F8) or fetched (E4); each ends in a restart. */
export class FirmwareSlot {
  /** Answers the next packets with this result of §10; null: as they deserve. */
  failure: number | null = null;
  /** Of the last image that came whole, with the filling of its packets. */
  receivedSha256: string | null = null;
  private readonly receivers = new Map<FirmwareCommand, FirmwareReceiver>();

  constructor(private readonly context: FirmwareContext) {}

  receive(command: FirmwareCommand, { totalPackets, packet, chunkHex }: FieldsOf<'down', 'E0'>): FirmwareAnswer {
    if (this.failure !== null) return { result: this.failure, packet };
    const answer = this.receiver(command).receive(totalPackets, packet, chunkHex);
    if (answer.installed !== undefined) {
      this.receivedSha256 = answer.installed.sha256;
      this.install(command === 'E1' ? 'powerBoard' : 'firmware', answer.installed.firmwareVersion, INSTALL_MS);
    }
    return answer;
  }

  upgradeItself(): void {
    this.install('firmware', null, SELF_UPGRADE_MS);
  }

  private receiver(command: FirmwareCommand): FirmwareReceiver {
    const { deviceType, verifiesFirmware } = this.context;
    const known = this.receivers.get(command);
    if (known !== undefined) return known;
    const receiver = new FirmwareReceiver(deviceType, verifiesFirmware && command !== 'F8');
    this.receivers.set(command, receiver);
    return receiver;
  }

  /** `version` null: the image does not say, so the next one. */
  private install(what: keyof Versions, version: number | null, afterMs: number): void {
    const { clock, versions } = this.context;
    clock.after(afterMs, () => {
      versions[what] = version ?? (versions[what] ?? 0) + 1;
      this.context.restart();
    });
  }
}
