import { defineError } from '../define-error';

// What is wrong with a request: codes 1100–1199.

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
/** `details` holds the report: one entry per problem with `line`, `field` and `reason`. */
export const ImportRefused = defineError({
  code: 1130,
  status: 400,
  name: 'IMPORT_REFUSED',
  message: '{badRows} of {rows} rows cannot be imported, so none was',
  messageZh: '导入被拒绝: {rows}行中有{badRows}行无效',
});
export const RangeNotSatisfiable = defineError({
  code: 1160,
  status: 416,
  name: 'RANGE_NOT_SATISFIABLE',
  message: 'the range lies beyond the end: there are {sizeBytes} bytes',
  messageZh: '请求的字节范围无效',
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
