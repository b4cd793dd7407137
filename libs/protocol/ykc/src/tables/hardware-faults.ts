/** Page §7.2, bit 1 first. */
const NAMES = [
  'emergencyStop',
  'noRectifierModule',
  'outletOverTemp',
  'acSurgeProtector',
  'dc20ModuleComm',
  'fc08InsulationComm',
  'meterComm',
  'cardReaderComm',
  'rc10Comm',
  'fanSpeedBoard',
  'dcFuse',
  'hvContactor',
  'doorOpen',
  'bit14',
  'bit15',
  'bit16',
] as const;

/** Names of the bits that are set. `bitBase` 0: the pile counts from mask 0x0002. */
export const faultNames = (word: number, bitBase: 0 | 1 = 1): readonly string[] => {
  const shifted = bitBase === 1 ? word : word >>> 1;
  return shifted === 0 ? NO_FAULTS : NAMES.filter((_, bit) => (shifted >>> bit) & 1);
};
const NO_FAULTS: readonly string[] = [];
/** As tokens of ours: `emergency_stop`. */
export const toToken = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
