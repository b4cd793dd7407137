import { hexToken } from './tokens';

/** planned: as ordered or full; stopped: by a person or the platform; fault: protection, or it never began. */
export type EndClass = 'planned' | 'stopped' | 'fault';
export interface StopReason {
  readonly endClass: EndClass;
  readonly token: string;
  /** The pile says that the charge never began. */
  readonly startFailed: boolean;
  /** It opens a fault of the gun; vehicles and accounts have none. */
  readonly isFaultOfPile: boolean;
}

const FINISHED: Readonly<Record<number, readonly [EndClass, string]>> = {
  0x40: ['stopped', 'remote'],
  0x41: ['planned', 'full'],
  0x42: ['planned', 'energy_reached'],
  0x43: ['planned', 'amount_reached'],
  0x44: ['planned', 'time_reached'],
  0x45: ['stopped', 'external'],
};
const PILE: Readonly<Record<number, string>> = {
  0x4a: 'control_system',
  0x4b: 'control_pilot_open',
  0x4c: 'breaker_tripped',
  0x4d: 'meter_comm',
  0x4f: 'charging_module',
  0x50: 'emergency_stop',
  0x51: 'surge_protector',
  0x53: 'temperature',
  0x55: 'electronic_lock',
  0x56: 'contactor',
  0x57: 'insulation',
  0x6a: 'system_interlock',
  0x6b: 'control_pilot_open',
  0x6c: 'breaker_tripped',
  0x6d: 'meter_comm',
  0x6f: 'ac_protection',
  0x70: 'dc_protection',
  0x71: 'charging_module',
  0x72: 'emergency_stop',
  0x73: 'surge_protector',
  0x74: 'temperature',
  0x75: 'output_abnormal',
  0x77: 'electronic_lock',
  0x83: 'no_power',
};
const VEHICLE: Readonly<Record<number, string>> = {
  0x4e: 'insufficient_balance',
  0x52: 'bms_not_ready',
  0x54: 'battery_reversed',
  0x59: 'bms_handshake_timeout',
  0x5a: 'bms_identification_timeout',
  0x5b: 'battery_params_timeout',
  0x5c: 'bms_ready_timeout',
  0x5d: 'battery_status_timeout',
  0x5e: 'battery_demand_timeout',
  0x5f: 'battery_info_timeout',
  0x60: 'battery_voltage_before_start',
  0x61: 'battery_voltage_mismatch',
  0x62: 'bms_ready_withdrawn',
  0x63: 'host_configuration_timeout',
  0x64: 'charger_not_ready',
  0x6e: 'insufficient_balance',
  0x76: 'no_current',
  0x79: 'total_voltage',
  0x7a: 'total_current',
  0x7b: 'cell_voltage',
  0x7c: 'battery_overheat',
  0x7d: 'highest_cell_voltage',
  0x7e: 'highest_battery_temperature',
  0x7f: 'bmv_cell_voltage',
  0x80: 'bmt_battery_overheat',
  0x81: 'battery_state',
  0x82: 'vehicle_forbids',
  0x84: 'battery_status_timeout',
  0x85: 'battery_demand_timeout',
  0x86: 'battery_info_timeout',
  0x87: 'bms_stop_timeout',
  0x88: 'bms_statistics_timeout',
  0x89: 'ccs_timeout',
};
const isStartFailure = (code: number): boolean => code >= 0x4a && code <= 0x69;
const isAbort = (code: number): boolean => code >= 0x6a && code <= 0x8f;

/** Page §7.1, total: reserved and vendors' codes keep their number. */
export function stopReasonOf(code: number): StopReason {
  const finished = FINISHED[code];
  if (finished !== undefined) {
    const [endClass, token] = finished;
    return { endClass, token, startFailed: false, isFaultOfPile: false };
  }
  const token = PILE[code] ?? VEHICLE[code] ?? hexToken('unknown', code);
  const startFailed = isStartFailure(code);
  return {
    endClass: startFailed || isAbort(code) ? 'fault' : 'stopped',
    token,
    startFailed,
    isFaultOfPile: code in PILE,
  };
}
