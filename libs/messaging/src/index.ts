export { Bus } from './bus';
export type { RequestContext } from './bus';
export { BatchConsumer } from './batch-consumer';
export type { BatchConsumerOptions } from './batch-consumer';
export { eventConsumer, factConsumer } from './consumers';
export { isTransient, Unrecoverable } from './errors';
export { DEVICE_STREAM, ensureStreams, EVENTS_STREAM, PARKED_STREAM, streamConfigs } from './streams';
export { downSubject, eventSubject, factSubject, partSubject, subjectToken } from './subjects';
