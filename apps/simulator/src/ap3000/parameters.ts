import type { FieldsOf } from '@chargebus/protocol-ap3000';

export type RunParameters1 = FieldsOf<'down', '83'>;
export type RunParameters2 = Required<Omit<FieldsOf<'down', '84'>, 'extraHex'>>;
export type Limits = Required<Omit<FieldsOf<'down', '85'>, 'extraHex'>>;
export type CardParameters = FieldsOf<'down', '86'>;

/** Factory settings of §10; shared by all devices until one is written. */
export const FACTORY_RUN1: RunParameters1 = Object.freeze({
  unplugPowerW: 0.3,
  unplugTimeS: 10,
  floatPercent: 20,
  floatDetectS: 1800,
  floatDurationS: 3600,
  heartbeatIntervalS: 180,
});
export const FACTORY_RUN2: RunParameters2 = Object.freeze({
  dynOverloadPowerW: 80,
  dynOverloadDetectS: 30,
  dynOverloadStartS: 1800,
  unplugNoisePowerW: 1,
  unplugNoiseTimeS: 300,
  float2FromS: 10_800,
  float2DetectS: 300,
  minPowerW: 30,
  minPowerCheckS: 1800,
  secondMaxPowerAtS: 300,
  envAlarmTempC: 80,
  portAlarmTempC: 80,
  unplugDetectOff: 0,
  qrLight: 1,
});
export const FACTORY_LIMITS: Limits = Object.freeze({
  maxChargeS: 36_000,
  overloadPowerW: 1000,
  overVoltageV: 270,
  underVoltageV: 100,
});
export const FACTORY_CARD: CardParameters = Object.freeze({
  sector: 0,
  userKeyHex: '159185191880',
  newCardKeyHex: 'ffffffffffff',
});

/** A model never lets more than this through one port, whatever it is told (85 result 1). */
const MOST_POWER_W = 2000;

export const acceptsRun1 = (run1: RunParameters1): boolean =>
  run1.floatPercent >= 1 && run1.floatPercent <= 100 && run1.heartbeatIntervalS >= 10 && run1.unplugTimeS > 0;
export const acceptsRun2 = (run2: RunParameters2): boolean => run2.minPowerCheckS > 0 && run2.secondMaxPowerAtS > 0;
export const acceptsLimits = (limits: Limits): boolean =>
  limits.maxChargeS > 0 &&
  limits.overloadPowerW > 0 &&
  limits.overloadPowerW <= MOST_POWER_W &&
  limits.underVoltageV < limits.overVoltageV;
export const acceptsCard = (card: CardParameters): boolean => card.sector < 16;

/** Everything that 88 erases and that survives a restart. Copy on write: a fleet of unwritten devices shares one set. */
export class DeviceMemory {
  run2 = FACTORY_RUN2;
  limits = FACTORY_LIMITS;
  card = FACTORY_CARD;
  workMode: number | null = null; // null: as delivered
  tariffMode = 0; // 8F
  muted = false;
  qrUrl = '';
  temporaryQr = '';
  private eeprom: Uint8Array | null = null;

  constructor(public run1: RunParameters1 = FACTORY_RUN1) {}

  static readonly EEPROM_BYTES = 4096;

  /** Null: outside the chip. */
  read(address: number, length: number): Uint8Array | null {
    if (!inEeprom(address, length)) return null;
    return this.eeprom?.slice(address, address + length) ?? new Uint8Array(length).fill(0xff);
  }

  write(address: number, data: Uint8Array): boolean {
    if (!inEeprom(address, data.length)) return false;
    this.eeprom ??= new Uint8Array(DeviceMemory.EEPROM_BYTES).fill(0xff);
    this.eeprom.set(data, address);
    return true;
  }

  erase(): void {
    Object.assign(this, new DeviceMemory());
  }
}

const inEeprom = (address: number, length: number): boolean =>
  length >= 1 && length <= 32 && address + length <= DeviceMemory.EEPROM_BYTES;
