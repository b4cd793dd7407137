export { GRANTS, SCOPE_BUNDLES, SCOPES } from './scopes';
export type { ApiScope, Grant } from './scopes';
export { acceptedSchema, answerSchema, defineList, defineRoute, defineStream, orAccepted } from './define-route';
export type { InputOf, ResultOf, Route, Surface } from './define-route';
export { Failure, listing, success } from './envelope';
export type { Listing, Success } from './envelope';
export { pageQueryOf, Pagination } from './paging';
export type { PagingInput } from './paging';
export { batchControl, batchParams } from './batch.routes';
export type { BatchOrder, BatchReport } from './batch.routes';
export { cancelJob, getJob, listJobItems, listJobs, retryJob } from './job.routes';
export type { Job, JobItem } from './job.routes';
export { ChargeStatus, chargeStatus, RealtimeData, startCharge, stopCharge } from './charge.routes';
export { deviceFilterOf, deviceFilterShape } from './device-filter';
export {
  Alarm,
  getDeviceAlarms,
  getDeviceLogs,
  getDeviceSessions,
  getHistory,
  HISTORY_UNITS,
  listSessions,
  Session,
} from './history.routes';
export {
  cancelExport,
  createExport,
  EXPORT_FILTERS,
  EXPORT_KINDS,
  exportAlarms,
  exportCommands,
  exportDevices,
  ExportJob,
  exportSamples,
  exportSessions,
  getExport,
  listExports,
} from './export.routes';
export type { ExportFormat, ExportKind } from './export.routes';
export { Archive, getArchive, getRetention, listArchives, putRetention } from './retention.routes';
export { timeRangeOf } from './time-range';
export {
  createDevice,
  deleteDevice,
  Device,
  getDevice,
  getPorts,
  getRealtime,
  listDevices,
  Port,
  updateDevice,
} from './device.routes';
export { cancelCommand, Command, getCommand, listCommands, orderDevice, replayCommand } from './command.routes';
export { Credentials, deliverCredentials, getCredentials, setCredentials } from './credential.routes';
export {
  deleteFirmware,
  fetchFirmware,
  Firmware,
  getFirmware,
  linkFirmware,
  listFirmware,
  uploadFirmware,
} from './firmware.routes';
export { cancelUpgrade, getUpgrade, listUpgrades, rollBackUpgrade, Upgrade, upgradeDevice } from './upgrade.routes';
export { getLogUpload, listLogUploads, LogUpload, requestLogUpload } from './log-upload.routes';
export {
  abortRollout,
  getRollout,
  listRollouts,
  resumeRollout,
  rollBackRollout,
  Rollout,
  startRollout,
} from './rollout.routes';
export { getSockets, putSockets, SocketNetwork } from './socket.routes';
export {
  deleteToken,
  deleteTokenCallback,
  getToken,
  getTokenCallback,
  listTokens,
  putToken,
  putTokenCallback,
  Token,
  TokenCallback,
} from './token.routes';
export { announceMaintenance } from './maintenance.routes';
export { CataloguedEvent, eventCatalogue, streamEvents } from './event.routes';
export {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  pingWebhook,
  rotateWebhook,
  updateWebhook,
  WebhookEndpoint,
} from './webhook-endpoint.routes';
export { deviceFilterFromBody, deviceFilterToBody } from './webhook-device-filter';
export { listDeliveries, resendDelivery, WebhookDelivery, webhookStats } from './webhook-delivery.routes';
export { getResend, resendSince, startResend } from './webhook-resend.routes';
export type { WebhookAttempt } from './webhook-parts';
export {
  adoptDevice,
  createTenant,
  listParkedMessages,
  listQuarantined,
  listTenants,
  QuarantinedDevice,
  registerDevice,
  replayParkedMessage,
  Tenant,
} from './internal.routes';
export { captureFrames, Frame, protocolStatistics, searchFrames, simulateEvent, streamFrames } from './trace.routes';
export { httpForm, snakeName } from './http-form';
export { ROUTES } from './catalogue';
export { API_VERSION, generatedDocuments, openApiDocument } from './openapi';
export type { Json } from './openapi';
export { createRegion, deleteRegion, getRegion, listRegions, Region, updateRegion } from './region.routes';
export { createStation, deleteStation, getStation, listStations, Station, updateStation } from './station.routes';
export {
  changeGroupMembers,
  createDeviceGroup,
  deleteDeviceGroup,
  DeviceGroup,
  getDeviceGroup,
  listDeviceGroups,
  listGroupDevices,
  updateDeviceGroup,
} from './device-group.routes';
export { getOrganization } from './organization.routes';
export type { DeviceNode, RegionNode, StationNode } from './organization.routes';
export {
  Client,
  createClient,
  createKey,
  createPrincipal,
  deleteRole,
  getClient,
  getKey,
  issueToken,
  listClients,
  listKeys,
  listRoles,
  putRole,
  revokeClient,
  revokeKey,
  rotateClient,
  rotateKey,
  updateClient,
  updateKey,
} from './client.routes';
export { queryUsers } from './user-query.routes';
export { Approval, approve, getApproval, listApprovals, reject } from './approval.routes';
export { AuditEntry, ChainReport, exportAudit, listAudit, verifyAllAudits, verifyAudit } from './audit.routes';
export { getSetting, listSettings, putSetting, restoreSetting, Setting, settingHistory } from './setting.routes';
export { exportRequestLogs, listRequestLogs, RequestLogEntry, summariseRequestLogs } from './log.routes';
export {
  cancelParameterChange,
  changeOptions,
  getParameterChange,
  getParameters,
  listParameterChanges,
  listParameters,
  listParameterVersions,
  ParameterChange,
  parameterFields,
  parametersIn,
  ParameterValue,
  restoreParameterVersion,
  setParameters,
} from './parameter.routes';
export { batchStatus, batchSummary } from './fleet-status.routes';
export type { DeviceStatus } from './fleet-status.routes';
export {
  cancelControl,
  Control,
  controlDevice,
  diagnoseDevice,
  Diagnosis,
  getControl,
  getDiagnosis,
  listControls,
  listDiagnoses,
  rebootDevice,
} from './control.routes';
export {
  DEVICE_COLUMNS,
  exportRegister,
  ImportedDevice,
  importDevices,
  MAX_IMPORT_ROWS,
  TOLD_COLUMNS,
} from './device-file.routes';
export {
  assignTemplate,
  createTemplate,
  deleteTemplate,
  deviceDrift,
  getTemplate,
  listTemplates,
  listTemplateVersions,
  pushTemplate,
  reviseTemplate,
  Template,
  templateDrift,
} from './template.routes';
