import { defineError } from '../define-error';

// What cannot be served now: codes 1500–1599.

export const RateLimited = defineError({
  code: 1500,
  status: 429,
  name: 'RATE_LIMITED',
  message: 'too many requests: at most {limit} per {windowS} s',
  messageZh: '请求过于频繁',
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
/** Per client or per process: close one, or come back later. */
export const StreamLimit = defineError({
  code: 1550,
  status: 429,
  name: 'STREAM_LIMIT',
  message: 'at most {limit} live streams may be open',
  messageZh: '实时事件流连接数已达上限',
});
export const InternalError = defineError({
  code: 1599,
  status: 500,
  name: 'INTERNAL_ERROR',
  message: 'something went wrong on our side',
  messageZh: '服务器内部错误',
});
