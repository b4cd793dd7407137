import { defineError } from '../define-error';

// Who may not do what: codes 1200–1299.

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
/** The port already serves an open session. Ask again once it has ended. */
/** The principal is limited to a part of its tenant, and this is or would lie outside of it. */
export const BeyondDataScope = defineError({
  code: 1230,
  status: 403,
  name: 'BEYOND_DATA_SCOPE',
  message: 'this is outside of what the key may touch: {what}',
  messageZh: '超出数据权限范围: {what}',
});
/** Not made by this installation, cut off or changed. */
export const LinkForged = defineError({
  code: 1260,
  status: 403,
  name: 'LINK_FORGED',
  message: 'the signature of the link is not valid',
  messageZh: '链接签名无效',
});
