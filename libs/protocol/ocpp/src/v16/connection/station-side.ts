import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import { refused } from '../../connection/version';
import type { Meant, Opening, StationCall, StationSide } from '../../connection/version';
import { beginOrder } from '../exchanges/begin';
import { MEANINGS } from '../meanings/meanings';
import type { StationAction } from '../messages';
import type { Options16 } from '../options';
import type { Incoming } from './incoming';
import { StationMemory } from './station-memory';

type AnyMeaning = (request: unknown, incoming: Incoming) => Meant;
const ASK_FOR_STATUS: DeviceCommand = { kind: 'status.query' };
/** What a station that waits for its configuration may be asked meanwhile. */
const WHILE_PENDING: ReadonlySet<string> = new Set(['params.get', 'params.set', 'trigger', 'status.query']);

/** Written out, because one is made for every message. */
const withMemory = (call: StationCall, station: StationMemory, options: Options16): Incoming => ({
  deviceId: call.deviceId,
  action: call.action,
  messageId: call.messageId,
  hash: call.hash,
  payload: call.payload,
  dropped: call.dropped,
  at: call.at,
  atMs: call.atMs,
  station,
  options,
});

/** The station of one connection, in 1.6. */
export class StationSide16 implements StationSide {
  private readonly station: StationMemory;

  constructor(
    private readonly deviceId: DeviceId,
    seed: number,
    private readonly options: Options16,
    private readonly acceptedBefore: boolean,
  ) {
    this.station = new StationMemory(seed);
  }

  get isAccepted(): boolean {
    return this.station.registration === 'Accepted';
  }

  hear(call: StationCall): Meant {
    const { station, options } = this;
    const isBoot = call.action === 'BootNotification';
    if (!isBoot && this.mayNotSpeak) return refused('security', 'not accepted by the platform');
    const meaning = MEANINGS[call.action as StationAction] as AnyMeaning;
    const meant = meaning(call.payload, withMemory(call, station, options));
    const isReturn = !isBoot && !station.greeted; // it came back without a boot: its connectors may have changed
    station.greeted = true;
    return isReturn ? { ...meant, errands: [...(meant.errands ?? []), ASK_FOR_STATUS] } : meant;
  }

  begin(command: DeviceCommand, reissued: boolean): Opening | CommandOutcome {
    const { station, options, deviceId } = this;
    const isPending = station.registration === 'Pending' && !WHILE_PENDING.has(command.kind);
    if (this.mayNotSpeak || isPending) return { status: 'rejected', reason: 'not_registered' };
    return beginOrder(command, { deviceId, station, options, reissued });
  }

  /** Page §1.8: without a boot here only a station that was accepted before is heard. */
  private get mayNotSpeak(): boolean {
    const { registration } = this.station;
    if (registration !== null) return registration === 'Rejected';
    return !this.acceptedBefore || this.options.registrationOf(this.deviceId) === 'Rejected';
  }
}
