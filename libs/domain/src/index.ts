export {
  ClientId,
  CommandId,
  DeviceId,
  Instant,
  OrderRef,
  PortNo,
  SessionId,
  TenantId,
  toInstant,
  instantToMs,
} from './ids';
export { PayloadVersion } from './payload-version';
export { PORT_STATES_CHARGING, PortState } from './port-state';
export {
  ANY_DEVICE,
  DataScope,
  DeviceFilter,
  DeviceTag,
  DeviceType,
  MasterCode,
  meansAnyDevice,
} from './device-filter';
export {
  COMMAND_PRIORITY,
  CommandOutcome,
  DeviceCommand,
  GATEWAY_COMMANDS,
  DANGEROUS_COMMANDS,
  MAINTENANCE_COMMANDS,
} from './device-command';
export type { CommandOf, DeviceCommandKind } from './device-command';
export { CertificateHash, ChargingProfile, LocalListEntry } from './station-command';
export { STATION_COMMAND_KINDS } from './station-command';
export type { StationCommandKind } from './station-command';
export { MODEL_COMMAND_KINDS } from './model-command';
export type { ModelCommandKind } from './model-command';
export { FIRMWARE_BUCKET, FirmwareSource, partsOfLocation } from './firmware-source';
export { COMMAND_EXAMPLES } from './command-examples';
export { Capabilities, Capability, DEVICE_COMMAND_KINDS } from './capability';
export { DEVICE_PARTITIONS, partitionOf } from './partition';
export { presenceDeadlineMs, weighPresence, windowMs } from './presence/presence';
export type { LifeSigns, Presence } from './presence/presence';
export { isFinal, nextState, SESSION_TRANSITIONS, SESSION_TRIGGERS, SessionState } from './session/session-state';
export type { SessionTrigger } from './session/session-state';
export { limitsForDevice, progressOf, reachedLimit } from './session/limits';
export type { ChargeLimits, LimitReason, LimitSample, Progress } from './session/limits';
export { decideAutoStop } from './session/auto-stop';
export type { AutoStop, AutoStopDecision, AutoStopReason, AutoStopSample } from './session/auto-stop';
export { brokenDeviceLimit, NO_DEVICE_LIMITS } from './session/device-limits';
export type { DeviceLimitReason, DeviceLimits } from './session/device-limits';
export { endReasonOf, KNOWN_END_TOKENS } from './session/end-reason';
export type { EndContext } from './session/end-reason';
export { addSample, isNewer, NO_SAMPLES } from './session/charging-session';
export type { ChargingSession, MeterSample, MeterSummary, StartedBy } from './session/charging-session';
export { assessHealth, DEVICE_STATES, deviceStatus, REMEMBERED_ANSWERS } from './health/device-health';
export type { DeviceHealth, DeviceStatus, HealthLevel, HealthSigns } from './health/device-health';
export { changedProfile } from './session/device-profile';
export type { DeviceProfile, ProfileChange, ProfileRefusal } from './session/device-profile';
export type { DeviceRecord, DeviceState, FaultRecord, Incapabilities, PortRecord } from './session/device';
export { NO_NETWORK, withChange, withReports } from './session/socket-network';
export type { NetworkChange, PlannedSocket, SocketNetwork, SocketRecord, SocketReport } from './session/socket-network';
export { hash53 } from './hash';
export { isOrderTag, isTokenOf, orderNumberOf, orderTagOf } from './order-number';
export { addStep, energyOf, hasGaps, NO_TRANSACTION } from './session/transaction';
export type { Transaction, TransactionEnd, TransactionEnergy, TransactionGap } from './session/transaction';
export { findParameter, PARAMETERS } from './parameters/dictionary';
export type { ParameterSpelling } from './parameters/dictionary';
export { homeOf, parameterSupport, planParameters, readableGroups } from './parameters/placement';
export type { GroupWrite, ParameterBearer, ParameterPlan, PlacedParameter } from './parameters/placement';
export { ChangeOutcome, ParameterOutcome } from './parameters/outcomes';
export { isSameValue, normalValue, valueProblem } from './parameters/values';
export type {
  DeviceHome,
  ParameterDefinition,
  ParameterValue,
  PlatformHome,
  ProtocolName,
} from './parameters/parameter';
export type { PlatformSettings } from './parameters/platform-settings';
export {
  ApprovalLifetimeMinutes,
  KeyMaxLifetimeDays,
  KeyRotationOverlapMinutes,
  NotifyIntervalMinimumS,
  RateLimitBulkPerMin,
  RateLimitDeviceOrdersPerMin,
  RateLimitKeyPerMin,
  RateLimitOrdersPerMin,
  RateLimitTenantPerMin,
  RateLimitWritesPerMin,
  RequestLogRetentionDays,
  SETTINGS,
  TokenLifetimeMinutes,
} from './setting';
export type { SettingDefinition } from './setting';
export { RETAINED, RETENTION_DAYS } from './retention';
export type { Retained, RetentionDays } from './retention';
export { safeCell } from './safe-cell';
export { resolveTemplate, templateProblems, VARIABLE_KEYS } from './parameters/template';
export type { DeviceNames, Resolved, TemplateValue, TemplateValues, TemplateVariable } from './parameters/template';
