import type { CommandOf } from '@chargebus/domain';

export type FirmwareCommand = 'E0' | 'E1' | 'E2' | 'F8' | 'F9' | 'FA';
export interface FirmwareMethod {
  readonly command: FirmwareCommand;
  readonly chunkBytes: 200 | 256;
  readonly resends: number; // of one packet without an answer
  /** The last packet can tell the device what the image is for. */
  readonly canVerify: boolean;
}
/** Page §5.3 and §10. */
const METHODS: Readonly<Record<FirmwareCommand, FirmwareMethod>> = {
  E0: { command: 'E0', chunkBytes: 200, resends: 3, canVerify: true },
  E1: { command: 'E1', chunkBytes: 200, resends: 3, canVerify: true },
  E2: { command: 'E2', chunkBytes: 200, resends: 3, canVerify: true },
  F8: { command: 'F8', chunkBytes: 256, resends: 2, canVerify: false },
  F9: { command: 'F9', chunkBytes: 256, resends: 2, canVerify: false },
  FA: { command: 'FA', chunkBytes: 200, resends: 3, canVerify: false },
};

const OLD_LORA = 0x02; // also the modem type of old RS-485 devices, whose firmware is not 1.xx
/** Page §7.7. */
const E0_TYPES: ReadonlySet<number> = new Set([
  0x05, 0x08, 0x09, 0x0a, 0x0b, 0x10, 0x14, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x30,
]);
const F8_TYPES: ReadonlySet<number> = new Set([0x01, 0x03, 0x04, 0x06, 0x07, 0x70, 0x71]);
/** Page §7.10. */
const FA_HOST_TYPES: ReadonlySet<number> = new Set([0x02, 0x03, 0x04, 0x05, 0x50, 0x51]);
const F9_HOST_TYPE = 0x01;

/** What is known of the device that shall get firmware; null: not said on this connection. */
export interface UpgradeTarget {
  readonly typeCode: number;
  readonly deviceType: number | null;
  readonly firmwareVersion: number | null;
  readonly host: { readonly hostType: number | null } | null; // its type is null in old, short 0x11 frames
}
type PacketTarget = Exclude<CommandOf<'firmware.update'>['target'], 'self'>;

/** How an image gets there; null for a type that the tables do not name: no upgrade is begun for one. */
export function findFirmwareMethod(target: PacketTarget, known: UpgradeTarget): FirmwareMethod | null {
  if (target === 'power_board') return METHODS.E1;
  if (target === 'slaves') return METHODS.E2;
  return target === 'host' ? findHostMethod(known.host) : findDeviceMethod(known);
}
function findHostMethod(host: UpgradeTarget['host']): FirmwareMethod | null {
  if (host === null) return null;
  if (host.hostType === F9_HOST_TYPE || host.hostType === null) return METHODS.F9; // 01 or absent
  return FA_HOST_TYPES.has(host.hostType) ? METHODS.FA : null;
}
function findDeviceMethod({ typeCode, deviceType, firmwareVersion }: UpgradeTarget): FirmwareMethod | null {
  if (deviceType === null) return null;
  if (deviceType === OLD_LORA) {
    if (firmwareVersion === null) return null;
    const isLora = typeCode <= 0x04 && firmwareVersion < 200;
    return isLora ? METHODS.E0 : METHODS.F8;
  }
  if (E0_TYPES.has(deviceType)) return METHODS.E0;
  return F8_TYPES.has(deviceType) ? METHODS.F8 : null;
}
