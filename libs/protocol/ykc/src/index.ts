export { createYkcDriver, ykcDriver } from './driver';
export type { DriverOptions } from './driver';
export { DEFAULT_DIALECT } from './options';
export type { BillingModel, BodyCipher, Rate, YkcDialect, YkcOptions } from './options';
export { ykcCodec } from './codec';
export { decodeFrame, encodeFrame } from './frame';
export type { CrcOrder, DecodedFrame, FrameError, FrameToEncode, YkcFrame } from './frame';
export type { DownCommand, EncodableFields, FieldsOf, UpCommand } from './commands/command-table';
export { YkcStream } from './stream';
