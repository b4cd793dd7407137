export { concluded, told } from './declaration';
export type { Declaration, DriverFact } from './declaration';
export {
  beginOrder,
  capabilitiesOf,
  emulated,
  native,
  NO_MODEL_ORDERS,
  NO_STATION_ORDERS,
  none,
  noneOf,
} from './order-table';
export type { OrderTable } from './order-table';
export type {
  Answer,
  CertificateQuestion,
  CertificateReply,
  Decoded,
  Exchange,
  ExchangeStep,
  MessageDriver,
  ProtocolConnection,
  ProtocolDriver,
  ProtocolProfile,
  Question,
  QuestionReply,
  Reception,
} from './driver';
export { MASK, viewBy } from './frame-view';
export type { FrameView, ViewFrame } from './frame-view';
export type { FrameCodec, FrameDirection, FrameReading, LooseFrame, StreamItem, StreamSplitter } from './frame-codec';
export { DROP, FrameSplitter, WAIT } from './frame-splitter';
export { fromBase64 } from './base64';
export { chargeReplied, heartbeat } from './facts';
export { fingerprint32, sum16, sum32 } from './checksum';
export {
  again,
  asciiZeroFilled,
  DerivedField,
  Field,
  hexBytes,
  hexCounted,
  hexPrefixed,
  hexRest,
  listOf,
  mapped,
  perUnit,
  u16be,
  u16le,
  u32be,
  u32le,
  u8,
} from './field';
export type { ValueOf, Values } from './field';
export { fromHex, pushHex, toHex } from './hex';
export { RepeatWindow } from './repeat-window';
export { fieldsMaker } from './fields-object';
export type { NewFields } from './fields-object';
export { Layout, layout, record } from './layout';
export type { DecodedBy, DecodedOf, EncodableBy, EncodableOf, PayloadCodec, Shape } from './layout';
