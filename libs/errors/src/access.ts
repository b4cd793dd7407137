import { defineError } from './define-error';

// Of principals, approvals and settings; ranges as in catalogue.ts.

export const ApprovalNotFound = defineError({
  code: 1085,
  status: 404,
  name: 'APPROVAL_NOT_FOUND',
  message: 'approval {approvalId} not found',
  messageZh: '审批不存在',
});

export const SettingNotFound = defineError({
  code: 1086,
  status: 404,
  name: 'SETTING_NOT_FOUND',
  message: 'there is no setting {key}',
  messageZh: '配置项 {key} 不存在',
});

export const RoleNotFound = defineError({
  code: 1087,
  status: 404,
  name: 'ROLE_NOT_FOUND',
  message: 'the tenant has no role {name}',
  messageZh: '角色 {name} 不存在',
});

/** Of an issuer that is not believed, forged, out of its time, or of nobody here. */
export const BearerTokenInvalid = defineError({
  code: 1280,
  status: 401,
  name: 'BEARER_TOKEN_INVALID',
  message: 'the bearer token is not valid: {reason}',
  messageZh: '令牌无效: {reason}',
});

/** The principal may call from some addresses only, and this is none of them. */
export const AddressNotAllowed = defineError({
  code: 1281,
  status: 403,
  name: 'ADDRESS_NOT_ALLOWED',
  message: 'this caller may not call from {address}',
  messageZh: '不允许从 {address} 访问',
});

/** Nobody gives away more than they have. */
export const GrantExceedsOwn = defineError({
  code: 1282,
  status: 403,
  name: 'GRANT_EXCEEDS_OWN',
  message: 'you cannot grant what you do not have: {what}',
  messageZh: '不能授予自己没有的权限: {what}',
});

/** What is asked for holds every device of the tenant, and the caller may touch a part of them. */
export const DataScopeTooNarrow = defineError({
  code: 1284,
  status: 403,
  name: 'DATA_SCOPE_TOO_NARROW',
  message: 'this is for callers without a data scope',
  messageZh: '数据权限范围不足',
});
export const ApprovalNeedsAnother = defineError({
  code: 1283,
  status: 403,
  name: 'APPROVAL_NEEDS_ANOTHER',
  message: 'whoever asked for it, or made the key that did, cannot decide about it',
  messageZh: '申请人不能审批自己的申请',
});

/** It was decided before, or its time is over. */
export const ApprovalNotPending = defineError({
  code: 1485,
  status: 409,
  name: 'APPROVAL_NOT_PENDING',
  message: 'approval {approvalId} is {status}',
  messageZh: '审批已处理或已过期',
});

/** Somebody else changed it in between: read it again. */
export const SettingChanged = defineError({
  code: 1486,
  status: 409,
  name: 'SETTING_CHANGED',
  message: 'setting {key} is not at version {version} any more',
  messageZh: '配置已被他人修改',
});

/** Every place is taken, and the tenants that wait for one share them. */
export const ServerBusy = defineError({
  code: 1580,
  status: 503,
  name: 'SERVER_BUSY',
  message: 'too many calls are under way, try again',
  messageZh: '服务繁忙，请稍后重试',
});
