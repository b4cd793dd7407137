import { defineError } from './define-error';

// Codes: 1001–1099 not found, 1100–1199 request, 1200–1299 identity, 1400–1499 state conflicts, 1500–1599 capacity and service.

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
export const WebhookResendNotFound = defineError({
  code: 1050,
  status: 404,
  name: 'WEBHOOK_RESEND_NOT_FOUND',
  message: 'resend {resendId} not found',
  messageZh: '重发任务不存在',
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
/** The link is good, what it led to is gone. */
export const DownloadNotFound = defineError({
  code: 1060,
  status: 404,
  name: 'DOWNLOAD_NOT_FOUND',
  message: 'there is nothing to download at {name} any more',
  messageZh: '下载内容不存在',
});
export const JobNotFound = defineError({
  code: 1036,
  status: 404,
  name: 'JOB_NOT_FOUND',
  message: 'job {jobId} not found',
  messageZh: '任务不存在',
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

/** `details` holds one entry per invalid field: `{ field, message }`. */
export const ValidationFailed = defineError({
  code: 1100,
  status: 400,
  name: 'VALIDATION_FAILED',
  message: 'invalid request: {summary}',
  messageZh: '请求参数无效: {summary}',
});
export const OrderNumbersDiffer = defineError({
  code: 1101,
  status: 400,
  name: 'ORDER_NUMBERS_DIFFER',
  message: 'third_party_order_no and order_no are both given and differ',
  messageZh: '两个订单号不一致',
});
export const PagingMixed = defineError({
  code: 1102,
  status: 400,
  name: 'PAGING_MIXED',
  message: 'use page and size, or limit and offset, or cursor, not a mixture',
  messageZh: '分页参数不能混用',
});
export const BodyTooLarge = defineError({
  code: 1103,
  status: 413,
  name: 'BODY_TOO_LARGE',
  message: 'the body is larger than {limitBytes} bytes',
  messageZh: '请求体过大',
});
export const BodyMalformed = defineError({
  code: 1104,
  status: 400,
  name: 'BODY_MALFORMED',
  message: 'the body is not valid JSON',
  messageZh: '请求体不是有效的JSON',
});
export const UnsupportedMediaType = defineError({
  code: 1105,
  status: 415,
  name: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'content type {contentType} is not supported, send application/json',
  messageZh: '不支持的内容类型',
});
export const AddressRefused = defineError({
  code: 1106,
  status: 400,
  name: 'ADDRESS_REFUSED',
  message: 'the address {host} is not allowed: {reason}',
  messageZh: '不允许的目标地址',
});
export const CommandInvalid = defineError({
  code: 1107,
  status: 400,
  name: 'COMMAND_INVALID',
  message: 'the device cannot be given this: {reason}',
  messageZh: '指令参数无效: {reason}',
});
/** The path exists; the answer's `Allow` header names the methods that it knows. */
export const MethodNotAllowed = defineError({
  code: 1108,
  status: 405,
  name: 'METHOD_NOT_ALLOWED',
  message: '{path} does not know {method}, use {allowed}',
  messageZh: '不支持的请求方法',
});
export const UrlMalformed = defineError({
  code: 1109,
  status: 400,
  name: 'URL_MALFORMED',
  message: 'the request target is not a valid URL path',
  messageZh: '请求地址格式错误',
});
export const HeadersTooLarge = defineError({
  code: 1110,
  status: 431,
  name: 'HEADERS_TOO_LARGE',
  message: 'the request headers are too large',
  messageZh: '请求头过大',
});
/** A GraphQL query that cannot be parsed, does not fit the schema, or asks for too much. */
export const GraphqlQueryInvalid = defineError({
  code: 1111,
  status: 400,
  name: 'GRAPHQL_QUERY_INVALID',
  message: 'the query cannot be answered: {summary}',
  messageZh: 'GraphQL查询无效: {summary}',
});
export const RangeNotSatisfiable = defineError({
  code: 1160,
  status: 416,
  name: 'RANGE_NOT_SATISFIABLE',
  message: 'the range lies beyond the end: there are {sizeBytes} bytes',
  messageZh: '请求的字节范围无效',
});

/** `details` holds the report: one entry per problem with `line`, `field` and `reason`. */
export const ImportRefused = defineError({
  code: 1130,
  status: 400,
  name: 'IMPORT_REFUSED',
  message: '{badRows} of {rows} rows cannot be imported, so none was',
  messageZh: '导入被拒绝: {rows}行中有{badRows}行无效',
});

export const CredentialsMissing = defineError({
  code: 1200,
  status: 401,
  name: 'CREDENTIALS_MISSING',
  message: 'send X-Api-Key, X-Timestamp, X-Nonce and X-Signature',
  messageZh: '缺少认证信息',
});
export const ApiKeyUnknown = defineError({
  code: 1201,
  status: 401,
  name: 'API_KEY_UNKNOWN',
  message: 'the API key is unknown, expired or disabled',
  messageZh: 'API密钥无效',
});
export const SignatureInvalid = defineError({
  code: 1202,
  status: 401,
  name: 'SIGNATURE_INVALID',
  message: 'the signature does not match the request',
  messageZh: '签名无效',
});
export const TimestampOutOfWindow = defineError({
  code: 1203,
  status: 401,
  name: 'TIMESTAMP_OUT_OF_WINDOW',
  message: 'X-Timestamp differs from server time by more than {windowS} s',
  messageZh: '时间戳超出允许范围',
});
export const NonceReplayed = defineError({
  code: 1204,
  status: 401,
  name: 'NONCE_REPLAYED',
  message: 'this nonce was used before',
  messageZh: '随机数重复使用',
});
export const PermissionDenied = defineError({
  code: 1205,
  status: 403,
  name: 'PERMISSION_DENIED',
  message: 'this caller lacks the scope {scope}',
  messageZh: '没有权限: 缺少 {scope}',
});
/** A query ran without saying for which tenant: a bug, never answered by a default tenant (U02). */
export const TenantContextMissing = defineError({
  code: 1206,
  status: 500,
  name: 'TENANT_CONTEXT_MISSING',
  message: 'no tenant was set for a query',
  messageZh: '缺少租户上下文',
});
export const TlsRequired = defineError({
  code: 1207,
  status: 401,
  name: 'TLS_REQUIRED',
  message: 'an unsigned key is accepted over TLS only',
  messageZh: '未签名的密钥必须使用TLS',
});
/** Not made by this installation, cut off or changed. */
export const LinkForged = defineError({
  code: 1260,
  status: 403,
  name: 'LINK_FORGED',
  message: 'the signature of the link is not valid',
  messageZh: '链接签名无效',
});

/** The port already serves an open session. Ask again once it has ended. */
/** The principal is limited to a part of its tenant, and this is or would lie outside of it. */
export const BeyondDataScope = defineError({
  code: 1230,
  status: 403,
  name: 'BEYOND_DATA_SCOPE',
  message: 'this is outside of what the key may touch: {what}',
  messageZh: '超出数据权限范围: {what}',
});

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
/** The first request with this key is still under way; details.retry_after says when to ask again. */
export const IdempotencyKeyInProgress = defineError({
  code: 1450,
  status: 409,
  name: 'IDEMPOTENCY_KEY_IN_PROGRESS',
  message: 'the request with Idempotency-Key {key} is still being worked on',
  messageZh: '相同幂等键的请求正在处理中',
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

/** A device's security profile can only be raised, and not before what the higher one needs is there. */
export const SecurityProfileRefused = defineError({
  code: 1440,
  status: 409,
  name: 'SECURITY_PROFILE_REFUSED',
  message: 'device {deviceId} cannot be raised to security profile {profile}: {reason}',
  messageZh: '无法提升设备安全等级: {reason}',
});
export const CommandNotReplayable = defineError({
  code: 1430,
  status: 409,
  name: 'COMMAND_NOT_REPLAYABLE',
  message: 'command {commandId} cannot be replayed: {reason}',
  messageZh: '指令无法重放',
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
/** Ask for a new one. */
export const LinkExpired = defineError({
  code: 1460,
  status: 410,
  name: 'LINK_EXPIRED',
  message: 'the link to {name} has expired',
  messageZh: '链接已过期',
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
/** Whoever made it went away before all of its items were there. */
export const JobIncomplete = defineError({
  code: 1494,
  status: 409,
  name: 'JOB_INCOMPLETE',
  message: 'the items of the job never came',
  messageZh: '任务项目不完整',
});
/** Of one item of a job: what was asked of the device did not come to an end in time. */
export const ItemTimeout = defineError({
  code: 1493,
  status: 504,
  name: 'ITEM_TIMEOUT',
  message: 'not over within {timeoutS} s',
  messageZh: '执行超时',
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

export const RateLimited = defineError({
  code: 1500,
  status: 429,
  name: 'RATE_LIMITED',
  message: 'too many requests: at most {limit} per {windowS} s',
  messageZh: '请求过于频繁',
});
/** Real charges are accounted for by what devices say. */
export const SimulationRefused = defineError({
  code: 1480,
  status: 403,
  name: 'SIMULATION_REFUSED',
  message: 'profile {profile} takes no simulated events',
  messageZh: '当前环境不允许模拟设备事件',
});
/** Per client or per process: close one, or come back later. */
export const StreamLimit = defineError({
  code: 1550,
  status: 429,
  name: 'STREAM_LIMIT',
  message: 'at most {limit} live streams may be open',
  messageZh: '实时事件流连接数已达上限',
});
export const QueueFull = defineError({
  code: 1501,
  status: 503,
  name: 'QUEUE_FULL',
  message: 'too many commands are waiting, try again later',
  messageZh: '指令队列已满',
});
export const ServiceUnavailable = defineError({
  code: 1502,
  status: 503,
  name: 'SERVICE_UNAVAILABLE',
  message: 'the service {service} does not answer',
  messageZh: '服务暂不可用',
});
export const ServiceTimeout = defineError({
  code: 1503,
  status: 504,
  name: 'SERVICE_TIMEOUT',
  message: 'the service {service} did not answer in time',
  messageZh: '服务响应超时',
});
export const InternalError = defineError({
  code: 1599,
  status: 500,
  name: 'INTERNAL_ERROR',
  message: 'something went wrong on our side',
  messageZh: '服务器内部错误',
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
/** The image is for other models, hardware or protocols. */
export const FirmwareIncompatible = defineError({
  code: 1170,
  status: 422,
  name: 'FIRMWARE_INCOMPATIBLE',
  message: 'firmware {firmwareId} does not fit device {deviceId}: {why}',
  messageZh: '固件与设备不兼容: {why}',
});
export const ChecksumMismatch = defineError({
  code: 1171,
  status: 422,
  name: 'CHECKSUM_MISMATCH',
  message: 'the bytes have sha256 {actual}, not {expected}',
  messageZh: '校验和不一致',
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
