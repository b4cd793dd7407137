import { CapabilityNotSupported, FirmwareIncompatible } from '@chargebus/errors';
import type { FirmwareRecord } from '@chargebus/persistence/fleet';
import type { DeviceInFull } from '../devices/device-desk';

type Fits = Pick<FirmwareRecord, 'firmwareId' | 'models' | 'hardwareVersions' | 'protocols'>;

/** How an image gets to a device: as packets, by FTP with a user or without one, or from a signed address. */
export type DeliveryWay = 'packets' | 'ftp' | 'ftp_anonymous' | 'link';

const WAYS: Readonly<Record<string, DeliveryWay>> = {
  ap3000: 'packets',
  bkv: 'ftp_anonymous',
  gn: 'ftp_anonymous',
  ykc: 'ftp',
  'ocpp1.6': 'link',
  'ocpp2.0.1': 'link',
};
/** What of a device can be updated, per protocol; AP3000 knows them all. */
const ONLY_DEVICE: ReadonlySet<string> = new Set(['device']);
const TARGETS: Readonly<Partial<Record<DeliveryWay, ReadonlySet<string>>>> = {
  ftp: ONLY_DEVICE,
  link: ONLY_DEVICE,
  ftp_anonymous: new Set(['device', 'host']),
};
const MAX_PACKET_BYTES = 65_535 * 256;

/** Null: no such protocol, or the device was never seen. */
export const wayOf = (protocol: string | null): DeliveryWay | null =>
  protocol === null ? null : (WAYS[protocol] ?? null);

/** Throws FIRMWARE_INCOMPATIBLE. What the device has not told yet cannot be compared and does not fit a list. */
export function requireFit(device: DeviceInFull, firmware: Fits): void {
  const misfit = misfitOf(device, firmware);
  if (misfit !== null)
    throw new FirmwareIncompatible({ firmwareId: firmware.firmwareId, deviceId: device.deviceId, why: misfit });
}

export function misfitOf(
  device: Pick<DeviceInFull, 'model' | 'protocol' | 'attributes'>,
  firmware: Pick<Fits, 'models' | 'hardwareVersions' | 'protocols'>,
): string | null {
  const hardware = hardwareOf(device.attributes);
  const compared = [
    ['protocol', device.protocol, firmware.protocols],
    ['model', device.model, firmware.models],
    ['hardware', hardware, firmware.hardwareVersions],
  ] as const;
  for (const [what, actual, allowed] of compared) {
    if (allowed.length === 0 || (actual !== null && allowed.some((one) => sameName(one, actual)))) continue;
    return `it is for ${what} ${allowed.join(', ')}, the device's is ${actual ?? 'not known'}`;
  }
  return null;
}
const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Under whichever name the protocol or the owner put it. */
function hardwareOf(attributes: Readonly<Record<string, unknown>>): string | null {
  for (const name of ['hardwareVersion', 'hardware_version', 'hwVersion', 'deviceType']) {
    const value = attributes[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}

/** Throws CAPABILITY_NOT_SUPPORTED for what is known to be impossible before anything is sent. */
export function requireDeliverable(
  device: DeviceInFull,
  firmware: Pick<FirmwareRecord, 'target' | 'sizeBytes'>,
  ftpIsServed: boolean,
): void {
  const why = obstacleOf(device, firmware, ftpIsServed);
  if (why !== null) throw new CapabilityNotSupported({ deviceId: device.deviceId, capability: 'firmware.update', why });
}

export function obstacleOf(
  { protocol, capabilities }: Pick<DeviceInFull, 'protocol' | 'capabilities'>,
  { target, sizeBytes }: Pick<FirmwareRecord, 'target' | 'sizeBytes'>,
  ftpIsServed: boolean,
): string | null {
  const capability = capabilities?.['firmware.update'];
  if (capability?.support === 'none') return capability.why;
  if (protocol === null) return null; // never seen: decided when it comes
  const way = wayOf(protocol);
  if (way === null) return `no firmware is delivered by ${protocol}`;
  if (TARGETS[way]?.has(target) === false) return `${protocol} has no firmware of ${target}`;
  if (way.startsWith('ftp') && !ftpIsServed) return 'this installation serves no FTP (FTP_PORT)';
  if (way === 'packets' && sizeBytes !== null && sizeBytes > MAX_PACKET_BYTES)
    return `packets carry at most ${MAX_PACKET_BYTES.toString()} bytes`;
  return null;
}
