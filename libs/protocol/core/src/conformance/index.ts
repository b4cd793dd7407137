export { describeDeclaration } from './describe-declaration';
export type { DeclaredSubject } from './describe-declaration';
export { describeDriver } from './describe-driver';
export { describeMessageDriver } from './describe-message-driver';
export type { MessageSubject, MessageVectors } from './describe-message-driver';
export { DriverLine, factOf, NOW_MS, OpenExchange, typesOf } from './driver-line';
export type { LineOptions } from './driver-line';
export type { ConformanceSubject, DriverVectors, FrameVector, StreamVector } from './vectors';
