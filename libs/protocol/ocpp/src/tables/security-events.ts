import { toToken } from '../connection/ask';

/** Critical by the list of security events in the appendices of 2.0.1; every other one, vendors' own too, is not. */
const CRITICAL: ReadonlySet<string> = new Set([
  'FirmwareUpdated',
  'SettingSystemTime',
  'StartupOfTheDevice',
  'ResetOrReboot',
  'SecurityLogWasCleared',
  'MemoryExhaustion',
  'TamperDetectionActivated',
]);
/** Critical by the list, and yet what every healthy station reports: a fault of severity `info`. */
const ROUTINE: ReadonlySet<string> = new Set([
  'FirmwareUpdated',
  'SettingSystemTime',
  'StartupOfTheDevice',
  'ResetOrReboot',
]);

export type Criticality = 'critical' | 'routine' | 'not_critical';
export const criticalityOf = (type: string): Criticality =>
  ROUTINE.has(type) ? 'routine' : CRITICAL.has(type) ? 'critical' : 'not_critical';

/** `InvalidTLSVersion` → `security_invalid_tls_version`. */
export const securityToken = (type: string): string => `security_${toToken(type)}`;
