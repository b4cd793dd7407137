export { describeDriver } from './describe-driver';
export type { ConformanceSubject, DriverVectors, FrameVector, StreamVector } from './vectors';
