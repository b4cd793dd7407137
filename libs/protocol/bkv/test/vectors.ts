import type { DriverVectors, FrameVector, StreamVector } from '@chargebus/protocol-core/conformance';
import vectors from '../vectors/bkv.json';

interface FileVector {
  readonly id: string;
  readonly valid: boolean;
  readonly direction: string;
  readonly hex: string;
  readonly command?: string;
  readonly fields?: object;
  readonly level?: string;
  readonly error?: string;
  readonly reply?: string | null;
  readonly replyAt?: string;
}
export const fileVectors: readonly FileVector[] = vectors.vectors;
export { vectors as vectorFile };

/** The file names the sub-command among the fields, the codec in the command. */
function frameVector({ id, direction, hex, command = '', fields = {} }: FileVector): FrameVector {
  const { serial, gatewayId, sub, ...rest } = fields as Readonly<Record<string, unknown>>;
  const outer = command.slice(2).toUpperCase();
  return {
    id,
    direction,
    hex,
    command: typeof sub === 'string' ? `${outer}/${sub.slice(2).toUpperCase()}` : outer,
    frame: { physicalId: String(gatewayId), messageId: Number.parseInt(String(serial), 16) },
    fields: rest,
  };
}

/** Candidates that fail their tail or checksum, by stream; the file counts bytes only. */
const REJECTED_CANDIDATES: Readonly<Record<string, number>> = {
  'bad-checksum-then-good': 1,
  'bad-tail-then-good': 1,
  'bad-checksum-with-inner-header': 1,
  'false-header-swallows-next': 1,
};
function streamVector({ id, chunks, expect, discarded, remainder }: (typeof vectors.streams)[number]): StreamVector {
  const all = chunks.join('');
  let at = 0;
  const ends = expect.map(({ hex }) => (at = all.indexOf(hex, at) + hex.length));
  let seen = 0;
  const itemsAfterChunk = chunks.map((chunk) => {
    seen += chunk.length;
    return ends.filter((end) => end <= seen).length;
  });
  return {
    id,
    chunks,
    expected: expect.map(({ hex }) => ({ type: 'frame', hex })),
    itemsAfterChunk,
    discardedBytes: discarded,
    checksumErrors: REJECTED_CANDIDATES[id] ?? 0,
    pendingHex: remainder,
  };
}

/** Decodes, but holds a tag that is skipped and so cannot be written again: see frames.spec.ts. */
export const UNWRITABLE = 'fee-end-1004-up-unknown-tag';
const valid = fileVectors.filter(({ valid: isValid, id }) => isValid && id !== UNWRITABLE);
const invalid = fileVectors.filter(({ valid: isValid }) => !isValid);
const withError = ({ id, direction, hex, error = '' }: FileVector) => ({ id, direction, hex, error });

export const driverVectors: DriverVectors = {
  vectors: valid.map(frameVector),
  invalid: invalid.filter(({ level }) => level === 'frame').map(withError),
  malformedPayloads: invalid.filter(({ level, direction }) => level === 'body' && direction === 'up').map(withError),
  exchanges: valid
    .filter(({ direction, fields }) => direction === 'up' && !('serial' in (fields ?? {}) && serialIsZero(fields)))
    .map(({ id }) => ({ request: '', reply: id, initiator: 'server' })),
  streams: vectors.streams.map(streamVector),
};
function serialIsZero(fields: object | undefined): boolean {
  return (fields as { readonly serial?: string } | undefined)?.serial === '00000000';
}
