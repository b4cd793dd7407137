import { toInstant } from '@chargebus/domain';
import type { CommandOf, CommandOutcome, Instant } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import { fromBase64, toHex } from '@chargebus/protocol-core';
import type { Decoded, Exchange, ExchangeStep } from '@chargebus/protocol-core';
import type { FieldsOf } from '../commands/command-table';
import { splitFirmware } from '../firmware-image';
import type { Verification } from '../firmware-image';
import { encodeFrame } from '../frame';
import type { Ap3000Frame } from '../frame';
import { typeCodeOf } from '../physical-id';
import { findFirmwareMethod } from '../tables/device-types';
import type { FirmwareMethod } from '../tables/device-types';
import { parseVersion } from '../tables/firmware-version';
import { unknownToken } from '../tables/unknown-token';
import type { Link } from './link';

type Phase = ProtocolEventOf<'firmware.progress'>['phase'];
const PACKET_TIMEOUT_MS = 30_000;
const MAX_ERROR_RESENDS = 3; // of one packet that the device calls broken
const MAX_RESTARTS = 3;

/** Page §10. 0 goes on, 1 asks for a packet again, 4 wants a verification packet; these end the upgrade. */
const FAILURE_TOKENS: Readonly<Record<number, string>> = { 2: 'image_checksum', 3: 'wrong_type', 5: 'type_refused' };
const GO_ON = 0;
const SEND_AGAIN = 1;
const VERIFICATION_MISSING = 4;

export function beginFirmware(
  command: CommandOf<'firmware.update'>,
  link: Link,
): Exchange<Ap3000Frame> | CommandOutcome {
  const { target, imageBase64 } = command;
  if (link.isUpgrading()) return { status: 'withdrawn', reason: 'upgrade_running_on_connection' };
  if (target === 'self') return new SelfUpgrade(link);
  if (imageBase64 === null) throw new RangeError('firmware image is missing');
  const { model, host } = link.device;
  const deviceType = command.deviceType ?? model.deviceType;
  const method = findFirmwareMethod(target, {
    typeCode: typeCodeOf(link.deviceId),
    deviceType,
    firmwareVersion: model.firmwareVersion,
    host: command.deviceType === null ? host : { hostType: command.deviceType },
  });
  if (method === null) return { status: 'unsupported', reason: 'device_type_without_upgrade' };
  const version = command.version === null ? null : parseVersion(command.version);
  const verification = deviceType === null || version === null ? null : { deviceType, firmwareVersion: version };
  return new FirmwareUpgrade(link, method, fromBase64(imageBase64), verification);
}

/** Models that fetch firmware themselves are told once and answer nothing (0xE4). */
class SelfUpgrade implements Exchange<Ap3000Frame> {
  constructor(private readonly link: Link) {}
  start(): ExchangeStep {
    const { deviceId: physicalId, device } = this.link;
    const messageId = device.nextMessageId();
    const bytes = encodeFrame({ physicalId, messageId, command: 'E4', direction: 'down', fields: {} });
    return { send: [bytes], finish: { status: 'acked', result: { evidence: 'sent' } } };
  }
  onFrame(): null {
    return null;
  }
  onTimeout(): ExchangeStep {
    return { finish: { status: 'acked', result: { evidence: 'sent' } } };
  }
}

/**
 * requested → sending (packet k of N) → verifying, or failed. One packet in flight. It ends when the device has taken
 * the last packet; that the new version runs is seen in the next 0x20, 0x35 or 0x11, often on another connection, so
 * `session` watches for it.
 */
export class FirmwareUpgrade implements Exchange<Ap3000Frame> {
  private packets: readonly Uint8Array[];
  private packet = 0; // in flight, from 1; 0: FA's trigger
  private messageId = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private sends = 0; // of the packet in flight, without an answer
  private errors = 0; // "send again" since the last packet that was taken
  private restarts = 0;
  private toldPercent = -1;

  /** `verification` null: the image's type or version is not known, so it goes without. */
  constructor(
    private readonly link: Link,
    private readonly method: FirmwareMethod,
    private readonly image: Uint8Array,
    private readonly verification: Verification | null,
  ) {
    this.packets = this.split(method.command === 'E0' ? verification : null);
  }

  start(nowMs: number): ExchangeStep {
    this.link.holdBus(this);
    const first = this.method.command === 'FA' ? this.send(0) : this.send(1);
    return { ...first, facts: [this.fact('requested', toInstant(nowMs))] };
  }

  onFrame(decoded: Decoded<Ap3000Frame>, at: Instant): ExchangeStep | null {
    if (!decoded.ok) return null;
    const { frame } = decoded;
    if (frame.command === this.method.command) {
      const reply = frame.fields as FieldsOf<'up', 'E0'>;
      if (frame.messageId === this.messageId) return this.onReply(reply, at);
      return reply.packet === 0 ? this.restart(at) : null;
    }
    return asksForUpgrade(frame.command, this.method) ? this.restart(at) : null;
  }

  onTimeout(nowMs: number): ExchangeStep {
    if (this.sends <= this.method.resends) return this.sendAgain();
    const mayBeginAgain = this.method.chunkBytes === 256 && this.restarts === 0; // page §5.3: F8 and F9
    return mayBeginAgain
      ? this.restart(toInstant(nowMs))
      : this.fail('no_reply', toInstant(nowMs), { status: 'no_reply' });
  }

  private onReply({ result, packet }: FieldsOf<'up', 'E0'>, at: Instant): ExchangeStep {
    if (this.packet === 0) return result === GO_ON ? this.send(1) : this.onPacketError(0, at);
    if (result === GO_ON) return this.onTaken(at);
    if (result === SEND_AGAIN) return this.onPacketError(packet, at);
    if (result === VERIFICATION_MISSING) return this.addVerification(at);
    return this.fail(FAILURE_TOKENS[result] ?? unknownToken(result), at);
  }

  private onTaken(at: Instant): ExchangeStep {
    this.errors = 0;
    if (this.packet === this.packets.length) {
      const result = { totalPackets: this.packets.length, verified: false };
      return { ...this.end({ status: 'acked', result }), facts: [this.fact('verifying', at)] };
    }
    const facts = this.progress(at);
    return { ...this.send(this.packet + 1), facts };
  }

  /** The device names the packet it wants; nonsense means the last one. */
  private onPacketError(wanted: number, at: Instant): ExchangeStep {
    if (++this.errors > MAX_ERROR_RESENDS) return this.fail('packet_error', at);
    const isInRange = this.packet > 0 && wanted >= 1 && wanted <= this.packets.length;
    if (!isInRange || wanted === this.packet) {
      this.sends = 0;
      return this.sendAgain();
    }
    return this.send(wanted);
  }

  private addVerification(at: Instant): ExchangeStep {
    const isThere = this.packets.length > Math.ceil(this.image.length / this.method.chunkBytes);
    if (isThere || this.verification === null || !this.method.canVerify) return this.fail('verification_missing', at);
    this.packets = this.split(this.verification);
    return this.send(1);
  }

  private restart(at: Instant): ExchangeStep {
    if (++this.restarts > MAX_RESTARTS) return this.fail('restarted_too_often', at);
    this.errors = 0;
    this.toldPercent = -1;
    return this.send(1);
  }

  private split(verification: Verification | null): readonly Uint8Array[] {
    return splitFirmware(this.image, { chunkBytes: this.method.chunkBytes, verification });
  }

  /** Every packet has a message id of its own; only retransmissions keep it. */
  private send(packet: number): ExchangeStep {
    const { device, deviceId: physicalId } = this.link;
    device.releaseMessageId(this.messageId);
    this.messageId = device.nextMessageId();
    device.holdMessageId(this.messageId);
    this.packet = packet;
    this.sends = 0;
    const chunk = this.packets[packet - 1];
    const fields = chunk === undefined ? {} : { totalPackets: this.packets.length, packet, chunkHex: toHex(chunk) };
    const command: string = this.method.command;
    this.bytes = encodeFrame({ physicalId, messageId: this.messageId, command, direction: 'down', fields });
    return this.sendAgain();
  }
  private sendAgain(): ExchangeStep {
    this.sends++;
    return { send: [this.bytes], waitMs: PACKET_TIMEOUT_MS };
  }

  /** At most one fact per percent. */
  private progress(at: Instant): readonly ProtocolEventOf<'firmware.progress'>[] {
    const percent = Math.floor((this.packet / this.packets.length) * 100);
    if (percent === this.toldPercent) return [];
    this.toldPercent = percent;
    return [this.fact('sending', at)];
  }

  private fail(reason: string, at: Instant, outcome: CommandOutcome = { status: 'rejected', reason }): ExchangeStep {
    return { ...this.end(outcome), facts: [this.fact('failed', at, reason)] };
  }
  private end(outcome: CommandOutcome): ExchangeStep {
    this.link.device.releaseMessageId(this.messageId);
    this.link.holdBus(null);
    return { finish: outcome };
  }

  private fact(phase: Phase, at: Instant, reason: string | null = null): ProtocolEventOf<'firmware.progress'> {
    const { deviceId } = this.link;
    return {
      type: 'firmware.progress',
      id: `${deviceId}:${this.method.command}:${this.messageId}:${phase}:${this.packet}:${at}`,
      deviceId,
      at,
      phase,
      packet: this.packet,
      totalPackets: this.packets.length,
      reason,
      attributes: { command: this.method.command },
    };
  }
}

/** 0x05 of old devices and 0x15 of old hosts ask for packet 1 (page §7.7, §7.10). */
const asksForUpgrade = (command: string, method: FirmwareMethod): boolean =>
  (command === '05' && method.command === 'F8') || (command === '15' && method.command === 'F9');
