import { defineError } from '../define-error';

// What is not there: codes 1001–1099.

/** No device of this tenant has the id. */
export const DeviceNotFound = defineError({
  code: 1001,
  status: 404,
  name: 'DEVICE_NOT_FOUND',
  message: 'device {deviceId} not found',
  messageZh: '设备不存在',
});
export const PortNotFound = defineError({
  code: 1002,
  status: 404,
  name: 'PORT_NOT_FOUND',
  message: 'device {deviceId} has no port {portNo}',
  messageZh: '端口不存在',
});
export const SessionNotFound = defineError({
  code: 1003,
  status: 404,
  name: 'SESSION_NOT_FOUND',
  message: 'no charging session found on port {portNo} of device {deviceId}',
  messageZh: '充电会话不存在',
});
export const CommandNotFound = defineError({
  code: 1004,
  status: 404,
  name: 'COMMAND_NOT_FOUND',
  message: 'command {commandId} not found',
  messageZh: '指令不存在',
});
export const WebhookEndpointNotFound = defineError({
  code: 1005,
  status: 404,
  name: 'WEBHOOK_ENDPOINT_NOT_FOUND',
  message: 'webhook endpoint {endpointId} not found',
  messageZh: '回调端点不存在',
});
export const WebhookDeliveryNotFound = defineError({
  code: 1006,
  status: 404,
  name: 'WEBHOOK_DELIVERY_NOT_FOUND',
  message: 'webhook delivery {deliveryId} not found',
  messageZh: '回调记录不存在',
});
export const RouteNotFound = defineError({
  code: 1007,
  status: 404,
  name: 'ROUTE_NOT_FOUND',
  message: 'there is no {method} {path}',
  messageZh: '接口不存在',
});
export const TenantNotFound = defineError({
  code: 1008,
  status: 404,
  name: 'TENANT_NOT_FOUND',
  message: 'tenant {tenantId} not found',
  messageZh: '租户不存在',
});
export const ClientNotFound = defineError({
  code: 1009,
  status: 404,
  name: 'CLIENT_NOT_FOUND',
  message: 'client {clientId} not found',
  messageZh: '客户端不存在',
});
/** It was replayed already, or never parked. */
export const ParkedMessageNotFound = defineError({
  code: 1010,
  status: 404,
  name: 'PARKED_MESSAGE_NOT_FOUND',
  message: 'no message {sequence} is parked',
  messageZh: '没有该滞留消息',
});
export const TokenNotFound = defineError({
  code: 1020,
  status: 404,
  name: 'TOKEN_NOT_FOUND',
  message: 'token {token} is not in the register',
  messageZh: '令牌 {token} 不存在',
});
export const TokenCallbackNotFound = defineError({
  code: 1021,
  status: 404,
  name: 'TOKEN_CALLBACK_NOT_FOUND',
  message: 'this client has no token callback',
  messageZh: '该客户端未设置令牌回调',
});
export const RegionNotFound = defineError({
  code: 1030,
  status: 404,
  name: 'REGION_NOT_FOUND',
  message: 'region {region} not found',
  messageZh: '区域不存在',
});
export const StationNotFound = defineError({
  code: 1031,
  status: 404,
  name: 'STATION_NOT_FOUND',
  message: 'station {station} not found',
  messageZh: '场站不存在',
});
export const DeviceGroupNotFound = defineError({
  code: 1032,
  status: 404,
  name: 'DEVICE_GROUP_NOT_FOUND',
  message: 'device group {group} not found',
  messageZh: '设备分组不存在',
});
export const JobNotFound = defineError({
  code: 1036,
  status: 404,
  name: 'JOB_NOT_FOUND',
  message: 'job {jobId} not found',
  messageZh: '任务不存在',
});
export const WebhookResendNotFound = defineError({
  code: 1050,
  status: 404,
  name: 'WEBHOOK_RESEND_NOT_FOUND',
  message: 'resend {resendId} not found',
  messageZh: '重发任务不存在',
});
/** The link is good, what it led to is gone. */
export const DownloadNotFound = defineError({
  code: 1060,
  status: 404,
  name: 'DOWNLOAD_NOT_FOUND',
  message: 'there is nothing to download at {name} any more',
  messageZh: '下载内容不存在',
});
export const ExportNotFound = defineError({
  code: 1061,
  status: 404,
  name: 'EXPORT_NOT_FOUND',
  message: 'export {exportId} not found',
  messageZh: '导出任务不存在',
});
export const ArchiveNotFound = defineError({
  code: 1062,
  status: 404,
  name: 'ARCHIVE_NOT_FOUND',
  message: 'archive {archiveId} not found',
  messageZh: '归档不存在',
});
export const FirmwareNotFound = defineError({
  code: 1070,
  status: 404,
  name: 'FIRMWARE_NOT_FOUND',
  message: 'firmware {firmwareId} not found',
  messageZh: '固件不存在',
});
export const UpgradeNotFound = defineError({
  code: 1071,
  status: 404,
  name: 'UPGRADE_NOT_FOUND',
  message: 'upgrade {upgradeId} not found',
  messageZh: '升级任务不存在',
});
export const LogUploadNotFound = defineError({
  code: 1072,
  status: 404,
  name: 'LOG_UPLOAD_NOT_FOUND',
  message: 'log upload {uploadId} not found',
  messageZh: '日志上传不存在',
});
export const RolloutNotFound = defineError({
  code: 1073,
  status: 404,
  name: 'ROLLOUT_NOT_FOUND',
  message: 'rollout {rolloutId} not found',
  messageZh: '批量升级不存在',
});
export const ParameterChangeNotFound = defineError({
  code: 1080,
  status: 404,
  name: 'PARAMETER_CHANGE_NOT_FOUND',
  message: 'device {deviceId} has no parameter change {changeId}',
  messageZh: '参数变更不存在',
});
export const ParameterVersionNotFound = defineError({
  code: 1081,
  status: 404,
  name: 'PARAMETER_VERSION_NOT_FOUND',
  message: 'the parameters of device {deviceId} have no version {version}',
  messageZh: '参数版本不存在',
});
export const TemplateNotFound = defineError({
  code: 1082,
  status: 404,
  name: 'TEMPLATE_NOT_FOUND',
  message: 'parameter template {templateId} not found',
  messageZh: '参数模板不存在',
});
export const ControlNotFound = defineError({
  code: 1083,
  status: 404,
  name: 'CONTROL_NOT_FOUND',
  message: 'control action {controlId} not found',
  messageZh: '控制操作不存在',
});
export const DiagnosisNotFound = defineError({
  code: 1084,
  status: 404,
  name: 'DIAGNOSIS_NOT_FOUND',
  message: 'diagnosis {diagnosisId} not found',
  messageZh: '诊断不存在',
});
