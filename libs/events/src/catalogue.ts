import { ApiErrorEvent } from './business/api-error.event';
import { ApprovalDecided } from './business/approval-decided.event';
import { ApprovalRequested } from './business/approval-requested.event';
import { ChargingCompleted } from './business/charging-completed.event';
import { ChargingCorrected } from './business/charging-corrected.event';
import { ChargingFailed } from './business/charging-failed.event';
import { ChargingProgress } from './business/charging-progress.event';
import { ChargingStarted } from './business/charging-started.event';
import { ChargingStopped } from './business/charging-stopped.event';
import { CommandFinished } from './business/command-finished.event';
import { DeviceControlScheduled } from './business/device-control-scheduled.event';
import { DeviceFault } from './business/device-fault.event';
import { DeviceFirmwareReported } from './business/device-firmware-reported.event';
import { DeviceHeartbeat } from './business/device-heartbeat.event';
import { DeviceNetworkChanged } from './business/device-network-changed.event';
import { DeviceOffline } from './business/device-offline.event';
import { DeviceOnline } from './business/device-online.event';
import { DeviceParamResult } from './business/device-param-result.event';
import { DeviceRecovered } from './business/device-recovered.event';
import { DeviceRegistration } from './business/device-registered.event';
import { DeviceUpgradeProgress } from './business/device-upgrade-progress.event';
import { JobFinished } from './business/job-finished.event';
import { JobProgress } from './business/job-progress.event';
import { PortStatusChanged } from './business/port-status-changed.event';
import { SystemAlarm } from './business/system-alarm.event';
import { SystemMaintenance } from './business/system-maintenance.event';
import type { EventDefinition } from './define-event';

/** Every business event that exists. Subject, validation, webhook catalogue and documents are derived from this list. */
export const BUSINESS_EVENTS = [
  ChargingStarted,
  ChargingProgress,
  ChargingStopped,
  ChargingCompleted,
  ChargingFailed,
  ChargingCorrected,
  DeviceRegistration,
  DeviceOnline,
  DeviceOffline,
  DeviceHeartbeat,
  DeviceFault,
  DeviceRecovered,
  DeviceNetworkChanged,
  DeviceUpgradeProgress,
  DeviceParamResult,
  DeviceControlScheduled,
  ApprovalRequested,
  ApprovalDecided,
  JobProgress,
  JobFinished,
  SystemAlarm,
  SystemMaintenance,
  ApiErrorEvent,
  CommandFinished,
  DeviceFirmwareReported,
  PortStatusChanged,
] as const satisfies readonly EventDefinition[];

export const findEvent = (type: string): EventDefinition | undefined =>
  BUSINESS_EVENTS.find((event) => event.type === type);

/** What integrators can subscribe to. */
export const PUBLIC_EVENTS: readonly EventDefinition[] = BUSINESS_EVENTS.filter((event) => !event.internal);
