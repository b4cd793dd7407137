export { decodeFrame, encodeFrame } from './frame';
export type { Ap3000Frame, DecodedFrame, FrameError, FrameHeader, FrameToEncode } from './frame';
export type { DownCommand, EncodableFields, FieldsOf, UpCommand } from './commands/command-table';
export { Ap3000Stream } from './stream';
export type { StreamOptions } from './stream';
export { deviceNoOf, findPhysicalIds, isFactoryId, typeCodeOf } from './physical-id';
