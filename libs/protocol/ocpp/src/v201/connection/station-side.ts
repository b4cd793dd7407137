import type { CommandOutcome, DeviceCommand, DeviceCommandKind, DeviceId } from '@chargebus/domain';
import { refused } from '../../connection/version';
import type { Meant, Opening, StationCall, StationSide } from '../../connection/version';
import { beginOrder } from '../exchanges/begin';
import { MEANINGS } from '../meanings/meanings';
import type { StationAction, StationRequest } from '../messages';
import type { RegistrationStatus } from '../../connection/options';
import type { Options201 } from '../options';
import type { Incoming, Meaning } from './incoming';
import { StationMemory } from './station-memory';

/** What a station that waits for its acceptance may say (page §4.1): what configures it, and what it is made to say. */
const SAID_WHILE_PENDING: ReadonlySet<string> = new Set([
  'FirmwareStatusNotification',
  'Heartbeat',
  'LogStatusNotification',
  'NotifyReport',
  'SecurityEventNotification',
  'SignCertificate',
  'StatusNotification',
]);
const ORDERED_WHILE_PENDING: ReadonlySet<DeviceCommandKind> = new Set<DeviceCommandKind>([
  'params.get',
  'params.set',
  'trigger',
  'certificate.install',
  'certificate.trust',
]);
/** A station that comes back without a boot does not tell the states of its connectors by itself. */
const REFRESH: DeviceCommand = { kind: 'status.query' };

/** One station on one connection, in 2.0.1. */
export class StationSide201 implements StationSide {
  private readonly station: StationMemory;
  private hasSpoken = false;

  constructor(
    private readonly deviceId: DeviceId,
    seed: number,
    private readonly options: Options201,
    private readonly acceptedBefore: boolean,
  ) {
    this.station = new StationMemory(seed);
  }

  get isAccepted(): boolean {
    return this.station.registration === 'Accepted';
  }

  hear(call: StationCall): Meant {
    const { action } = call;
    const isBoot = action === 'BootNotification';
    if (!isBoot && !this.isAllowed(SAID_WHILE_PENDING.has(action)))
      return refused('security', `registration is ${this.registration}`);
    const meaning = MEANINGS[action as StationAction] as Meaning<StationAction>;
    const incoming: Incoming = { ...call, station: this.station, options: this.options };
    const meant = meaning(call.payload as StationRequest<StationAction>, incoming);
    const isReturn = !isBoot && !this.hasSpoken;
    this.hasSpoken = true;
    return isReturn ? { ...meant, errands: [REFRESH, ...(meant.errands ?? [])] } : meant;
  }

  begin(command: DeviceCommand, reissued: boolean): Opening | CommandOutcome {
    if (!this.isAllowed(ORDERED_WHILE_PENDING.has(command.kind)))
      return { status: 'rejected', reason: `registration_${this.registration.toLowerCase()}` };
    const { deviceId, options, station } = this;
    return beginOrder(command, { deviceId, options, station, reissued });
  }

  /** Without a boot on this connection, what was decided at an earlier one holds. */
  private get registration(): RegistrationStatus | 'none' {
    const { station, acceptedBefore, options, deviceId } = this;
    return station.registration ?? (acceptedBefore ? options.registrationOf(deviceId) : 'none');
  }
  private isAllowed(whilePending: boolean): boolean {
    return this.registration === 'Accepted' || (this.registration === 'Pending' && whilePending);
  }
}
