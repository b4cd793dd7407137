import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, Decoded, Exchange, ProtocolConnection, Reception, StreamItem } from '@chargebus/protocol-core';
import { beginExchange } from '../exchanges/begin';
import { commandCodeOf, decodeWhole, idNumberOf, messageIdOf, physicalIdOf } from '../frame';
import type { Ap3000Frame } from '../frame';
import { COMMANDS } from '../commands/command-table';
import { findMeaning } from '../meanings/meanings';
import { rejection } from '../meanings/rejection';
import { answerToOldHeartbeat } from '../meanings/presence';
import type { Ap3000Options } from '../options';
import { isFactoryNumber } from '../physical-id';
import { Ap3000Stream } from '../stream';
import { DeviceMemory } from './device-memory';
import { NO_MEANING } from './incoming';
import type { Incoming } from './incoming';

type Ap3000Decoded = Decoded<Ap3000Frame>;

/**
 * Facts of these have ids made of their content and the device waits for the answer until they are stored: a copy is
 * handled again, so that it is never answered before the first one is safe. The same id makes it the same fact.
 */
const REPEATED_UNTIL_STORED: ReadonlySet<string> = new Set(['03', '04', '23']);

/** One TCP connection; it carries one device, or a host and its slaves. */
export class Ap3000Connection implements ProtocolConnection<Ap3000Frame> {
  private readonly stream = new Ap3000Stream();
  private readonly devices = new Map<string, DeviceMemory>();
  private iccid: string | null = null; // the first one counts
  private upgrading: object | null = null; // the exchange that holds the bus behind this connection

  constructor(
    private readonly seed: number,
    private readonly options: Ap3000Options,
  ) {}

  push(chunk: Uint8Array): readonly Ap3000Decoded[] {
    return this.decodeAll(this.stream.push(chunk));
  }
  stalled(): readonly Ap3000Decoded[] {
    return this.decodeAll(this.stream.stalled());
  }
  get pendingBytes(): number {
    return this.stream.pending.length;
  }
  get discardedBytes(): number {
    return this.stream.discardedBytes;
  }
  get checksumErrors(): number {
    return this.stream.checksumErrors;
  }

  receive(decoded: Ap3000Decoded, at: Instant, atMs: number): Reception {
    const { deviceId, command, bytes } = decoded;
    const device = this.deviceOf(deviceId);
    noteHabits(device, command);
    const messageId = messageIdOf(bytes);
    const { iccid, options } = this;
    const incoming: Incoming = { deviceId, command, messageId, bytes, at, atMs, iccid, device, options };
    const reception = REPEATED_UNTIL_STORED.has(command)
      ? meaningOf(decoded, incoming)
      : receiveOnce(decoded, incoming);
    return decoded.ambiguousId && !device.factoryIdReported ? withFactoryId(reception, incoming) : reception;
  }

  begin(deviceId: DeviceId, command: DeviceCommand, reissued: boolean): Exchange<Ap3000Frame> | CommandOutcome {
    return beginExchange(command, {
      deviceId,
      device: this.deviceOf(deviceId),
      options: this.options,
      reissued,
      isUpgrading: () => this.upgrading !== null,
      holdBus: (holder) => {
        this.upgrading = holder;
      },
    });
  }

  private decodeAll(items: readonly StreamItem[]): readonly Ap3000Decoded[] {
    const frames: Ap3000Decoded[] = [];
    for (const item of items) {
      if (item.type === 'frame') frames.push(decodeUplink(item.bytes));
      else if (item.type === 'iccid') this.iccid ??= item.value;
    }
    return frames;
  }

  private deviceOf(deviceId: string): DeviceMemory {
    let device = this.devices.get(deviceId);
    if (device === undefined) {
      device = new DeviceMemory(this.seed);
      this.devices.set(deviceId, device);
    }
    return device;
  }
}

function decodeUplink(bytes: Uint8Array): Ap3000Decoded {
  const decoded = decodeWhole(bytes, 'up');
  const ambiguousId = isFactoryNumber(idNumberOf(bytes));
  if (decoded.ok) {
    const { frame } = decoded;
    return { ok: true, deviceId: frame.physicalId as DeviceId, command: frame.command, ambiguousId, bytes, frame };
  }
  const deviceId = physicalIdOf(bytes) as DeviceId;
  const command = COMMANDS.up[commandCodeOf(bytes)]?.name ?? '';
  return { ok: false, deviceId, command, ambiguousId, bytes, error: decoded.error };
}

/** What decides whether 0x01 is answered; every copy counts. */
function noteHabits(device: DeviceMemory, command: string): void {
  if (command === '21') device.saysHeartbeat = true;
  else if (command === '20') device.saysRegistration = true;
  else if (command === '01') device.oldHeartbeats++;
}

function meaningOf(decoded: Ap3000Decoded, incoming: Incoming): Reception {
  if (!decoded.ok) return rejection(decoded.error, incoming);
  const meaning = findMeaning(decoded.command);
  if (meaning !== null) return meaning(decoded.frame.fields, incoming);
  return COMMANDS.up[commandCodeOf(decoded.bytes)]?.known === true
    ? NO_MEANING
    : rejection('unknown_command', incoming);
}

/** A retransmission gets the stored answer again and is no news (page §5.1). */
function receiveOnce(decoded: Ap3000Decoded, incoming: Incoming): Reception {
  const { duplicates } = incoming.device;
  const earlier = duplicates.find(decoded.bytes, incoming.atMs);
  if (earlier !== null) return { facts: [], answer: repeated(earlier, incoming) };
  const reception = meaningOf(decoded, incoming);
  const answer = remembering(reception.answer);
  duplicates.keep(answer);
  return answer === reception.answer ? reception : { facts: reception.facts, answer };
}

const given = new WeakMap<Answer, Uint8Array>();
/** An answer that somebody has to decide on keeps what was decided, for the retransmission. */
function remembering(answer: Answer): Answer {
  if (answer.when !== 'asked') return answer;
  const kept: typeof answer = {
    ...answer,
    encode: (reply) => {
      const bytes = answer.encode(reply);
      if (bytes !== null) given.set(kept, bytes);
      return bytes;
    },
  };
  return kept;
}
function repeated(answer: Answer, incoming: Incoming): Answer {
  if (incoming.command === '01') return answerToOldHeartbeat(incoming);
  const bytes = given.get(answer);
  return bytes === undefined ? answer : { when: 'now', bytes };
}

/** Devices that lost their memory share their number: a person must look, nothing may be bound or billed (page §2). */
function withFactoryId(reception: Reception, incoming: Incoming): Reception {
  const { device, deviceId, at } = incoming;
  device.factoryIdReported = true;
  const fault: ProtocolEvent = {
    type: 'device.fault',
    id: `${deviceId}:factory_id:${at}`,
    deviceId,
    at,
    token: 'factory_id',
    portNo: null,
    severity: 'critical',
    latched: true,
    details: { deviceNo: Number.parseInt(deviceId, 16) & 0xff_ffff },
  };
  return { facts: [...reception.facts, fault], answer: reception.answer };
}
