export { FRAMES_PER_CONNECTION, measureCodec } from './measure-codec';
export type { CodecLoad, CodecMeasurement, CodecSubject } from './measure-codec';
