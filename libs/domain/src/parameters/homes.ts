import type { DeviceHome, ParameterValue, PlatformHome, WireValues } from './parameter';
import type { PlatformSettings } from './platform-settings';

const U16_TENTHS = 6_553.5; // largest value of a 16-bit field that counts tenths

const single = (value: ParameterValue): number => (typeof value === 'number' ? value : value[1]);
const numberIn = (value: unknown): number | null => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
};

/** One field of a group, in the same unit. */
export const field = (group: string, key: string, min: number, max: number): DeviceHome => ({
  group,
  keys: [key],
  min,
  max,
  write: (value) => ({ [key]: single(value) }),
  read: (values) => numberIn(values[key]),
});
export const tenths = (group: string, key: string): DeviceHome => field(group, key, 0, U16_TENTHS);

/** One key of a station's configuration, which is text there. */
export const setting = (key: string, min: number, max: number): DeviceHome => ({
  ...field(STATION_GROUP, key, min, max),
  write: (value): WireValues => ({ [key]: String(single(value)) }),
});
/** Stations have no groups: what is read is named key by key. */
export const STATION_GROUP = 'configuration';

/** Two fields of a group. A lower end of 0 says that only the upper one counts: the device keeps its own lower end. */
export const ends = (group: string, lowKey: string, highKey: string): DeviceHome => ({
  group,
  keys: [lowKey, highKey],
  min: 0,
  max: U16_TENTHS,
  write: (value) => {
    const [low, high] = typeof value === 'number' ? [0, value] : value;
    return { ...(low === 0 ? {} : { [lowKey]: low }), [highKey]: high };
  },
  read: (values) => {
    const low = numberIn(values[lowKey]);
    const high = numberIn(values[highKey]);
    return high === null ? null : [low ?? 0, high];
  },
});

type NumberSetting = Exclude<keyof PlatformSettings, 'voltageRangeV'>;
/** `scale`: how many of the setting's unit are one of the parameter's. */
export const watched = (key: NumberSetting, does: string, scale = 1): PlatformHome => ({
  key,
  does,
  write: (value) => ({ [key]: single(value) * scale }),
  read: (settings) => {
    const found = settings[key];
    return found === null ? null : found / scale;
  },
});
export const watchedRange = (does: string): PlatformHome => ({
  key: 'voltageRangeV',
  does,
  write: (value) => ({ voltageRangeV: typeof value === 'number' ? [0, value] : value }),
  read: ({ voltageRangeV }) => voltageRangeV,
});
