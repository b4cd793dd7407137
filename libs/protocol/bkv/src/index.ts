export { bkvDriver, createBkvDriver } from './driver';
export type { BkvOptions } from './options';
export { bkvCodec } from './codec';
export { decodeFrame, encodeFrame } from './frame';
export type { BkvFrame, DecodedFrame, FrameError } from './frame';
export type { DownCommand, EncodableFields, FieldsOf, UpCommand } from './commands/command-table';
export { kvTree } from './commands/kv';
export type { KvTree } from './commands/kv';
export { BkvStream } from './stream';
