export { BlobStore, sweepBlobs } from './blob-store';
export type { BlobInfo } from './blob-store';
export { Bus } from './bus';
export type { RequestContext } from './bus';
export { BatchConsumer } from './batch-consumer';
export type { BatchConsumerOptions } from './batch-consumer';
export { eventConsumer, factConsumer } from './consumers';
export { DeviceMembership, DeviceSelection, tellRegisterChanged } from './device-membership';
export type { MembershipOptions } from './device-membership';
export { isTransient, Unrecoverable } from './errors';
export { listParked, replayParked } from './parked';
export type { ParkedMessage } from './parked';
export { DEVICE_STREAM, ensureStreams, EVENTS_STREAM, PARKED_STREAM, streamConfigs, TRACE_STREAM } from './streams';
export {
  ALL_CLAIMS,
  claimSubject,
  downSubject,
  eventSubject,
  factSubject,
  iamChangedSubject,
  partSubject,
  subjectToken,
  traceSubject,
} from './subjects';
