export { defineRequest } from './define-request';
export type { ReplyOf, RequestDefinition, RequestOf } from './define-request';
export { Page, PageQuery } from './paging';
export { Audience, audience } from './audience';
export { DeleteDevice, DeviceChange, SetMaintenance, UpdateDevice } from './device-edit.requests';
export {
  ChangeGroupMembers,
  DeleteDeviceGroup,
  DeleteRegion,
  DeleteStation,
  DeviceGroupChange,
  DeviceGroupView,
  GetDeviceGroup,
  GetOrganization,
  GetRegion,
  GetStation,
  ListDeviceGroups,
  ListRegions,
  ListStations,
  RegionChange,
  RegionView,
  SaveDeviceGroup,
  SaveRegion,
  SaveStation,
  StationChange,
  StationContact,
  StationState,
  StationView,
} from './organization.requests';
export { SelectDevices, SelectedDevice } from './selection.requests';
export {
  CancelJob,
  GetJob,
  JobItemStatus,
  JobItemView,
  JobReport,
  JobStatus,
  JobTally,
  JobView,
  ListJobItems,
  ListJobs,
  RetryJob,
} from './job.requests';
export { AddBatchOrders, BATCH_PAGE, BatchOrder, JobOptions, RunBatchControl } from './batch.requests';
export {
  CancelCommand,
  CommandAttempt,
  CommandStatus,
  CommandView,
  GetCommand,
  ListCommands,
  ReplayCommand,
  SubmitCommand,
} from './command.requests';
export {
  AdmissionChanged,
  AdmitDevices,
  ConfirmCredentials,
  CredentialsView,
  DeliverCredentials,
  DeviceAdmission,
  GetCredentials,
  RaiseDeviceAlarm,
  SetCredentials,
  SignCertificate,
} from './credential.requests';
export {
  AlarmSeverity,
  ArchiveKind,
  ArchiveView,
  GetArchive,
  GetRetention,
  ListArchives,
  PutRetention,
  RetentionPolicy,
  AlarmView,
  GetSampleBuckets,
  ListAlarms,
  ListSamples,
  PastSample,
  SampleMetric,
} from './history.requests';
export { DownReply, DownRequest } from './device-link';
export { DescribeProtocols } from './gateway.requests';
export {
  AutoStopConditions,
  GetChargeStatus,
  ListSessions,
  SessionLimits,
  SessionSample,
  SessionState,
  SessionView,
  StartCharge,
  StopCharge,
} from './session.requests';
export {
  AdoptDevice,
  AuthoriseCard,
  DeviceView,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  ListQuarantined,
  PortView,
  QuarantinedDevice,
  RegisterDevice,
} from './device.requests';
export {
  CreateWebhookEndpoint,
  DeleteWebhookEndpoint,
  GetWebhookEndpoint,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  PingWebhookEndpoint,
  ResendWebhookDelivery,
  ResendWebhooksSince,
  RotateWebhookSecret,
  SignatureKind,
  UpdateWebhookEndpoint,
  WebhookAttemptView,
  WebhookDeliveryView,
  WebhookEndpointView,
} from './webhook.requests';
export { NumberTransaction } from './transaction.requests';
export {
  AskTokenCallbacks,
  DeleteToken,
  DeleteTokenCallback,
  GetToken,
  GetTokenCallback,
  ListTokens,
  PutToken,
  PutTokenCallback,
  TokenCallbackView,
  TokenStatus,
  TokenVerdict,
  TokenView,
} from './token.requests';
export { GetSockets, PutSockets, SocketNetworkView, SocketView } from './network.requests';
export { AnnounceDeviceEvent, DeviceSettings, GetDeviceSettings, SetDeviceSettings } from './device-settings.requests';
export {
  CountFrames,
  FrameCount,
  FramesWatched,
  FrameStatistics,
  GetFrameStatistics,
  SimulateEvent,
  TraceFrame,
} from './trace.requests';
export {
  Actor,
  CancelParameterChange,
  ChangeParameters,
  DeviceParameter,
  GetParameterChange,
  GetParameters,
  ListParameterChanges,
  ListParameterVersions,
  NamedValue,
  NamedValues,
  ParameterChangeState,
  ParameterChangeView,
  ParameterResultView,
  ParameterVersionView,
  RestoreParameterVersion,
} from './parameter.requests';
