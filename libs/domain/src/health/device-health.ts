/** What is known of a device's well-being. */
export interface HealthSigns {
  readonly online: boolean;
  /** Of the open faults; null: there is none. */
  readonly worstFault: 'info' | 'warning' | 'critical' | null;
  /** Of the last orders that left us: how many the device answered, with yes or no. */
  readonly answered: number;
  readonly asked: number;
}
export type HealthLevel = 'healthy' | 'warning' | 'critical';
export interface DeviceHealth {
  readonly level: HealthLevel;
  readonly score: number; // 0 to 100, whole
  /** 0 to 1 each, by their weights 0.4, 0.4 and 0.2. */
  readonly presence: number;
  readonly faults: number;
  readonly answers: number; // 1 when nothing was asked
}

const WEIGHTS = { presence: 0.4, faults: 0.4, answers: 0.2 } as const;
const HEALTHY_FROM = 85;
const WARNING_FROM = 50;
/** A critical fault makes a device critical, however well it answers. */
const CRITICAL_FAULT_CAP = WARNING_FROM - 1;
const FAULT_WORTH = { none: 1, info: 0.9, warning: 0.5, critical: 0 } as const;

/** How many answers are remembered per device. */
export const REMEMBERED_ANSWERS = 20;

/** Health of a device (G08): docs/devices.md has the table. */
export function assessHealth({ online, worstFault, answered, asked }: HealthSigns): DeviceHealth {
  const presence = online ? 1 : 0;
  const faults = FAULT_WORTH[worstFault ?? 'none'];
  const answers = asked === 0 ? 1 : answered / asked;
  const sum = Math.round(100 * (WEIGHTS.presence * presence + WEIGHTS.faults * faults + WEIGHTS.answers * answers));
  const score = worstFault === 'critical' ? Math.min(sum, CRITICAL_FAULT_CAP) : sum;
  const level = score >= HEALTHY_FROM ? 'healthy' : score >= WARNING_FROM ? 'warning' : 'critical';
  return { level, score, presence, faults, answers };
}

/** One word for a device: the first of these that is true of it. */
export const DEVICE_STATES = ['offline', 'maintenance', 'fault', 'charging', 'idle'] as const;
export type DeviceStatus = (typeof DEVICE_STATES)[number];

export function deviceStatus(device: {
  readonly online: boolean;
  readonly maintenance: boolean; // of the whole device
  readonly faulted: boolean; // an open fault, or a port that says so
  readonly charging: boolean; // a port that charges, or an open charge on one
}): DeviceStatus {
  if (!device.online) return 'offline';
  if (device.maintenance) return 'maintenance';
  if (device.faulted) return 'fault';
  return device.charging ? 'charging' : 'idle';
}
