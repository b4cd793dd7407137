import { defineError } from '../define-error';

// What the state of things forbids: codes 1400–1499.

export const PortBusy = defineError({
  code: 1400,
  status: 409,
  name: 'PORT_BUSY',
  message: 'port {portNo} of device {deviceId} already has an open session',
  messageZh: '端口正在使用',
});
export const OrderConflict = defineError({
  code: 1401,
  status: 409,
  name: 'ORDER_CONFLICT',
  message: 'order {orderNo} was submitted before with a different body',
  messageZh: '订单号已存在且内容不同',
});
export const DeviceOffline = defineError({
  code: 1402,
  status: 409,
  name: 'DEVICE_IS_OFFLINE',
  message: 'device {deviceId} is offline',
  messageZh: '设备离线',
});
export const NothingToStop = defineError({
  code: 1403,
  status: 409,
  name: 'NOTHING_TO_STOP',
  message: 'port {portNo} of device {deviceId} has no open session',
  messageZh: '没有正在进行的充电',
});
export const CommandNotCancellable = defineError({
  code: 1404,
  status: 409,
  name: 'COMMAND_NOT_CANCELLABLE',
  message: 'command {commandId} is {status} and cannot be cancelled',
  messageZh: '指令无法取消',
});
export const IdempotencyKeyReused = defineError({
  code: 1405,
  status: 409,
  name: 'IDEMPOTENCY_KEY_REUSED',
  message: 'Idempotency-Key {key} was used with a different request',
  messageZh: '幂等键已用于不同的请求',
});
export const PortFaulted = defineError({
  code: 1406,
  status: 409,
  name: 'PORT_FAULTED',
  message: 'port {portNo} of device {deviceId} reports fault {fault}',
  messageZh: '端口故障',
});
export const DeviceExists = defineError({
  code: 1407,
  status: 409,
  name: 'DEVICE_EXISTS',
  message: 'device {deviceId} is registered already',
  messageZh: '设备已存在',
});
export const CommandRejected = defineError({
  code: 1408,
  status: 409,
  name: 'COMMAND_REJECTED',
  message: 'the device refused: {reason}',
  messageZh: '设备拒绝执行: {reason}',
});
/** Its protocol, its model or this device has no such thing; asking again will not help. */
export const CapabilityNotSupported = defineError({
  code: 1409,
  status: 422,
  name: 'CAPABILITY_NOT_SUPPORTED',
  message: 'device {deviceId} cannot do {capability}: {why}',
  messageZh: '设备 {deviceId} 不支持 {capability}: {why}',
});
export const CommandExpired = defineError({
  code: 1410,
  status: 409,
  name: 'COMMAND_EXPIRED',
  message: 'command {commandId} expired before the device could be reached',
  messageZh: '指令已过期',
});
export const WebhookEndpointLimit = defineError({
  code: 1411,
  status: 409,
  name: 'WEBHOOK_ENDPOINT_LIMIT',
  message: 'a tenant may have at most {limit} webhook endpoints',
  messageZh: '回调端点数量已达上限',
});
export const TenantExists = defineError({
  code: 1412,
  status: 409,
  name: 'TENANT_EXISTS',
  message: 'a tenant with this id or the name {name} exists already',
  messageZh: '租户已存在',
});
export const ClientExists = defineError({
  code: 1413,
  status: 409,
  name: 'CLIENT_EXISTS',
  message: 'the tenant has a client named {name} already, or the API key is taken',
  messageZh: '客户端已存在',
});
/** Whoever set the maintenance mode has to end it first. Running charges go on. */
export const DeviceInMaintenance = defineError({
  code: 1420,
  status: 409,
  name: 'DEVICE_IN_MAINTENANCE',
  message: 'device {deviceId} is in maintenance: nothing can be started on it',
  messageZh: '设备维护中',
});
export const PortInMaintenance = defineError({
  code: 1421,
  status: 409,
  name: 'PORT_IN_MAINTENANCE',
  message: 'port {portNo} of device {deviceId} is in maintenance: nothing can be started on it',
  messageZh: '端口维护中',
});
export const CodeTaken = defineError({
  code: 1422,
  status: 409,
  name: 'CODE_TAKEN',
  message: 'there is a {kind} {code} already',
  messageZh: '{kind} {code} 已存在',
});
/** Move or delete what uses it first. */
export const StillInUse = defineError({
  code: 1423,
  status: 409,
  name: 'STILL_IN_USE',
  message: '{kind} {code} is still used: {users}',
  messageZh: '{kind} {code} 仍在使用: {users}',
});
/** End them first: a session without its device could never be settled. */
export const DeviceIsCharging = defineError({
  code: 1424,
  status: 409,
  name: 'DEVICE_IS_CHARGING',
  message: 'device {deviceId} has open charging sessions',
  messageZh: '设备有未结束的充电会话',
});
export const CommandNotReplayable = defineError({
  code: 1430,
  status: 409,
  name: 'COMMAND_NOT_REPLAYABLE',
  message: 'command {commandId} cannot be replayed: {reason}',
  messageZh: '指令无法重放',
});
/** A device's security profile can only be raised, and not before what the higher one needs is there. */
export const SecurityProfileRefused = defineError({
  code: 1440,
  status: 409,
  name: 'SECURITY_PROFILE_REFUSED',
  message: 'device {deviceId} cannot be raised to security profile {profile}: {reason}',
  messageZh: '无法提升设备安全等级: {reason}',
});
/** The first request with this key is still under way; details.retry_after says when to ask again. */
export const IdempotencyKeyInProgress = defineError({
  code: 1450,
  status: 409,
  name: 'IDEMPOTENCY_KEY_IN_PROGRESS',
  message: 'the request with Idempotency-Key {key} is still being worked on',
  messageZh: '相同幂等键的请求正在处理中',
});
/** Ask for a new one. */
export const LinkExpired = defineError({
  code: 1460,
  status: 410,
  name: 'LINK_EXPIRED',
  message: 'the link to {name} has expired',
  messageZh: '链接已过期',
});
export const ExportOver = defineError({
  code: 1461,
  status: 409,
  name: 'EXPORT_OVER',
  message: 'export {exportId} is {status} and cannot be cancelled',
  messageZh: '导出任务已结束',
});
export const ExportLimit = defineError({
  code: 1462,
  status: 409,
  name: 'EXPORT_LIMIT',
  message: 'a tenant may have at most {limit} exports under way',
  messageZh: '进行中的导出任务过多',
});
export const ParameterChangeNotCancellable = defineError({
  code: 1465,
  status: 409,
  name: 'PARAMETER_CHANGE_NOT_CANCELLABLE',
  message: 'parameter change {changeId} is {state} and cannot be cancelled',
  messageZh: '参数变更无法取消',
});
export const ControlNotCancellable = defineError({
  code: 1466,
  status: 409,
  name: 'CONTROL_NOT_CANCELLABLE',
  message: 'control action {controlId} is {state} and cannot be cancelled',
  messageZh: '控制操作无法取消',
});
export const TemplateExists = defineError({
  code: 1467,
  status: 409,
  name: 'TEMPLATE_EXISTS',
  message: 'there is a parameter template named {name} already',
  messageZh: '参数模板名称已存在',
});
export const FirmwareInUse = defineError({
  code: 1470,
  status: 409,
  name: 'FIRMWARE_IN_USE',
  message: 'firmware {firmwareId} is needed by an upgrade or a rollout that is not over',
  messageZh: '固件正在使用中',
});
export const UpgradeInProgress = defineError({
  code: 1471,
  status: 409,
  name: 'UPGRADE_IN_PROGRESS',
  message: 'device {deviceId} has an upgrade that is not over',
  messageZh: '设备正在升级中',
});
export const UpgradeNotCancellable = defineError({
  code: 1472,
  status: 409,
  name: 'UPGRADE_NOT_CANCELLABLE',
  message: 'upgrade {upgradeId} cannot be cancelled any more: it is {status}',
  messageZh: '升级无法取消',
});
/** Nobody knows an earlier image of this device, or the upgrade is not one that was completed or failed. */
export const NothingToRollBack = defineError({
  code: 1473,
  status: 409,
  name: 'NOTHING_TO_ROLL_BACK',
  message: 'there is nothing to roll back: {why}',
  messageZh: '无可回滚的固件: {why}',
});
export const FirmwareNotReady = defineError({
  code: 1474,
  status: 409,
  name: 'FIRMWARE_NOT_READY',
  message: 'firmware {firmwareId} is not stored: it is {state}',
  messageZh: '固件尚未就绪',
});
export const RolloutNotInState = defineError({
  code: 1475,
  status: 409,
  name: 'ROLLOUT_NOT_IN_STATE',
  message: 'rollout {rolloutId} is {status}',
  messageZh: '批量升级状态不允许该操作',
});
/** The one-time address was used, or its time is over. */
export const LogUploadClosed = defineError({
  code: 1476,
  status: 410,
  name: 'LOG_UPLOAD_CLOSED',
  message: 'this address takes no upload any more',
  messageZh: '上传地址已失效',
});
/** Real charges are accounted for by what devices say. */
export const SimulationRefused = defineError({
  code: 1480,
  status: 403,
  name: 'SIMULATION_REFUSED',
  message: 'profile {profile} takes no simulated events',
  messageZh: '当前环境不允许模拟设备事件',
});
/** Its items are all over: there is nothing left to cancel. */
export const JobIsOver = defineError({
  code: 1490,
  status: 409,
  name: 'JOB_IS_OVER',
  message: 'job {jobId} is {status} already',
  messageZh: '任务已结束',
});
export const JobNotOver = defineError({
  code: 1491,
  status: 409,
  name: 'JOB_NOT_OVER',
  message: 'job {jobId} is still {status}',
  messageZh: '任务尚未结束',
});
export const NothingToRetry = defineError({
  code: 1492,
  status: 409,
  name: 'NOTHING_TO_RETRY',
  message: 'no item of job {jobId} failed or was left out',
  messageZh: '没有可重试的项目',
});
/** Of one item of a job: what was asked of the device did not come to an end in time. */
export const ItemTimeout = defineError({
  code: 1493,
  status: 504,
  name: 'ITEM_TIMEOUT',
  message: 'not over within {timeoutS} s',
  messageZh: '执行超时',
});
/** Whoever made it went away before all of its items were there. */
export const JobIncomplete = defineError({
  code: 1494,
  status: 409,
  name: 'JOB_INCOMPLETE',
  message: 'the items of the job never came',
  messageZh: '任务项目不完整',
});
