export { isSimulated, SIMULATED, defineEvent, envelopeSchema } from './define-event';
export type { EventDefinition, EventEnvelope, EventOf } from './define-event';
export { BUSINESS_EVENTS, findEvent, PUBLIC_EVENTS } from './catalogue';
export { ChargingStarted } from './business/charging-started.event';
export { ChargingProgress } from './business/charging-progress.event';
export { ChargingCorrected } from './business/charging-corrected.event';
export { ChargingStopped } from './business/charging-stopped.event';
export { ChargingCompleted } from './business/charging-completed.event';
export { ChargingFailed } from './business/charging-failed.event';
export { DeviceRegistration } from './business/device-registered.event';
export { DeviceOnline } from './business/device-online.event';
export { DeviceOffline } from './business/device-offline.event';
export { DeviceHeartbeat } from './business/device-heartbeat.event';
export { DeviceFault } from './business/device-fault.event';
export { DeviceNetworkChanged } from './business/device-network-changed.event';
export { DeviceRecovered } from './business/device-recovered.event';
export { DeviceFirmwareReported } from './business/device-firmware-reported.event';
export { DeviceUpgradeProgress } from './business/device-upgrade-progress.event';
export { DeviceParamResult } from './business/device-param-result.event';
export { DeviceControlScheduled } from './business/device-control-scheduled.event';
export { ApprovalRequested } from './business/approval-requested.event';
export { ApprovalDecided } from './business/approval-decided.event';
export { JobCounts, JobProgress } from './business/job-progress.event';
export { JobFinished } from './business/job-finished.event';
export { SystemMaintenance } from './business/system-maintenance.event';
export { ApiErrorEvent } from './business/api-error.event';
export { SystemAlarm } from './business/system-alarm.event';
export { CommandFinished } from './business/command-finished.event';
export { PortStatusChanged } from './business/port-status-changed.event';
export { DELIVERABLE_EVENTS, payloadExample, payloadJsonSchema, PAYLOADS, renderEvent } from './payloads/catalogue';
export type { JsonSchema } from './payloads/json-schema';
export { renderBody } from './payloads/payload';
export type { PayloadShape } from './payloads/payload';
export { asyncApiDocument } from './asyncapi';
export type { StreamEvent } from './stream-events';
export { STREAM_EVENTS, StreamClosing, StreamGap, StreamOverflow } from './stream-events';
export { comesByWildcard, isKnownPattern, wantsEvent } from './event-pattern';
export {
  StartSource,
  PortReport,
  DeviceConnected,
  DeviceDisconnected,
  DeviceRegistered,
  HeartbeatEvent,
  StatusEvent,
  StartEvent,
  ChargeReplied,
  ChargeProgress,
  StopEvent,
  TransactionSample,
  TransactionStep,
  FaultEvent,
  FaultCleared,
  CardSwiped,
  FirmwareProgress,
  NetworkConfirmed,
  InventoryReported,
  NoticeGiven,
  DeviceIncapable,
  FrameRejected,
  ProtocolEvent,
  ProtocolEventBatch,
} from './protocol/protocol-event';
export type { ProtocolEventOf } from './protocol/protocol-event';
