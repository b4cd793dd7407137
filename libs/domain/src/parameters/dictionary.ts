import { ends, field, setting, tenths, watched, watchedRange } from './homes';
import type { ParameterDefinition } from './parameter';

const STOPS = 'a charge whose samples are beyond it is stopped';

/**
 * Every parameter that devices can be given, once: name, unit, range, and where it lives. The groups and keys are those
 * that the drivers take (AP3000 §10, BKV §6.7, YKC §6.33, OCPP configuration keys and variables).
 */
const DICTIONARY = [
  {
    name: 'max_current',
    aliases: [],
    unit: 'A',
    type: 'number',
    min: 1,
    max: 1_000,
    title: { en: 'Maximum current', zh: '最大电流' },
    description: 'Most current that a charge may draw, per port.',
    example: 32,
    platform: watched('maxCurrentA', STOPS),
    device: {},
  },
  {
    name: 'voltage_threshold',
    aliases: [],
    unit: 'V',
    type: 'range',
    min: 0,
    max: 1_500,
    title: { en: 'Voltage limits', zh: '电压阈值' },
    description:
      'Lowest and highest voltage while charging. A single number is the upper end; it is kept as [0, number], and a lower end of 0 is not watched.',
    example: [200, 250],
    platform: watchedRange(STOPS),
    device: { ap3000: ends('limits', 'underVoltageV', 'overVoltageV') },
  },
  {
    name: 'temperature_threshold',
    aliases: ['temp_threshold'],
    unit: '°C',
    type: 'integer',
    min: 20,
    max: 120,
    title: { en: 'Temperature limit', zh: '温度阈值' },
    description: 'Highest temperature of a port while charging.',
    example: 60,
    platform: watched('maxTemperatureC', STOPS),
    device: {
      ap3000: field('run2', 'portAlarmTempC', 0, 255),
      bkv: field('socket', 'tempThresholdC', 0, 255),
    },
  },
  {
    name: 'power_limit',
    aliases: [],
    unit: 'W',
    type: 'number',
    min: 1,
    max: 1_000_000,
    title: { en: 'Power limit', zh: '功率上限' },
    description: 'Most power that a charge may draw, per port.',
    example: 7_000,
    platform: watched('maxPowerW', STOPS),
    device: { ap3000: tenths('limits', 'overloadPowerW'), bkv: tenths('socket', 'powerLimitW') },
  },
  {
    name: 'auto_stop_time',
    aliases: [],
    unit: 'min',
    type: 'integer',
    min: 1,
    max: 10_080,
    title: { en: 'Longest charge', zh: '自动停止时间' },
    description: 'A charge is stopped after so many minutes, whatever it was ordered for.',
    example: 480,
    platform: watched('maxDurationS', 'charges are stopped after it, by sample and by clock', 60),
    device: {},
  },
  {
    name: 'heartbeat_interval',
    aliases: [],
    unit: 's',
    type: 'integer',
    min: 10,
    max: 65_535,
    title: { en: 'Heartbeat interval', zh: '心跳间隔' },
    description: 'How often the device says that it is there.',
    example: 30,
    platform: watched('heartbeatIntervalS', 'presence expects a heartbeat this often'),
    device: {
      ap3000: field('run1', 'heartbeatIntervalS', 1, 65_535),
      'ocpp1.6': setting('HeartbeatInterval', 1, 86_400),
      'ocpp2.0.1': setting('OCPPCommCtrlr.HeartbeatInterval', 1, 86_400),
    },
  },
  {
    name: 'offline_timeout',
    aliases: [],
    unit: 's',
    type: 'integer',
    min: 10,
    max: 604_800,
    title: { en: 'Offline timeout', zh: '离线超时' },
    description: 'Silence after which the device counts as offline.',
    example: 300,
    platform: watched('offlineTimeoutS', 'presence waits this long'),
    device: {},
  },
  {
    name: 'unplug_power',
    aliases: [],
    unit: 'W',
    type: 'number',
    min: 0,
    max: 100,
    title: { en: 'Unplugged below', zh: '拔出功率阈值' },
    description: 'Power below which the device takes the plug for pulled.',
    example: 1,
    platform: null,
    device: { ap3000: tenths('run1', 'unplugPowerW'), bkv: tenths('socket', 'nullChargePowerW') },
  },
  {
    name: 'unplug_time',
    aliases: [],
    unit: 's',
    type: 'integer',
    min: 1,
    max: 3_600,
    title: { en: 'Unplugged after', zh: '拔出判定时间' },
    description: 'How long power must stay below `unplug_power`.',
    example: 10,
    platform: null,
    device: {
      ap3000: field('run1', 'unplugTimeS', 1, 65_535),
      bkv: field('socket', 'nullChargeDelayS', 0, 65_535),
    },
  },
  {
    name: 'trickle_time',
    aliases: [],
    unit: 's',
    type: 'integer',
    min: 0,
    max: 36_000,
    title: { en: 'Trickle charge', zh: '浮充时间' },
    description: 'How long a device goes on after the battery is full.',
    example: 3_600,
    platform: null,
    device: {
      ap3000: field('run1', 'floatDurationS', 0, 65_535),
      bkv: field('socket', 'fullChargeDelayS', 0, 65_535),
    },
  },
  {
    name: 'max_power_percent',
    aliases: [],
    unit: '%',
    type: 'integer',
    min: 30,
    max: 100,
    title: { en: 'Output in percent', zh: '最大输出功率百分比' },
    description: 'Most power of the pile, in percent of its rated power.',
    example: 80,
    platform: null,
    device: { ykc: field('work', 'maxPowerPercent', 30, 100) },
  },
  {
    name: 'sample_interval',
    aliases: [],
    unit: 's',
    type: 'integer',
    min: 0,
    max: 86_400,
    title: { en: 'Sample interval', zh: '采样间隔' },
    description: 'How often a station reports its meter while it charges; 0: never.',
    example: 60,
    platform: null,
    device: {
      'ocpp1.6': setting('MeterValueSampleInterval', 0, 86_400),
      'ocpp2.0.1': setting('SampledDataCtrlr.TxUpdatedInterval', 0, 86_400),
    },
  },
] as const satisfies readonly ParameterDefinition[];

export const PARAMETERS: readonly ParameterDefinition[] = DICTIONARY;
/** Every name that a parameter goes by. */
export type ParameterSpelling = Entry['name'] | Entry['aliases'][number];
type Entry = (typeof DICTIONARY)[number];

const byName = new Map(PARAMETERS.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)));

/** By its name or one of its other spellings. */
export const findParameter = (name: string): ParameterDefinition | undefined => byName.get(name);
