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
export { PORT_STATES_CHARGING, PortState } from './port-state';
export { COMMAND_PRIORITY, CommandOutcome, DeviceCommand } from './device-command';
export type { CommandOf, DeviceCommandKind } from './device-command';
export { DEVICE_PARTITIONS, partitionOf } from './partition';
