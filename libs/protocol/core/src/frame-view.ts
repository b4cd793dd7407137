import type { FrameCodec, FrameDirection } from './frame-codec';

/** A frame as people read it. Nothing in it is secret. */
export interface FrameView {
  readonly message: string; // as the protocol's page names it: '82', '0015/02', 'BootNotification'; empty: unreadable
  readonly name: string | null; // the same in words; null: the name is words, or nobody knows it
  readonly messageId: string | null; // what an answer repeats; null: the protocol has none
  readonly fields: unknown; // decoded; null: it could not be
  readonly error: string | null; // which check it failed
  readonly bytes: Uint8Array; // as on the wire, but for secrets
}
/** Decodes anew and knows no connection. Never throws. */
export type ViewFrame = (bytes: Uint8Array, direction: FrameDirection) => FrameView;

export const MASK = '***';

/** The view of a protocol with a codec of its own. `secrets`: fields that nobody may read. */
export function viewBy(
  codec: FrameCodec,
  names: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): ViewFrame {
  return (bytes, direction) => {
    const reading = codec.decode(bytes, direction);
    if (!reading.ok) return { message: '', name: null, messageId: null, fields: null, error: reading.error, bytes };
    const { frame } = reading;
    const { command: message, messageId } = frame;
    const known = { message, name: names[message] ?? null, messageId: String(messageId), error: null };
    if (!secrets.some((secret) => secret in frame.fields)) return { ...known, fields: frame.fields, bytes };
    const fields = Object.fromEntries(
      Object.entries(frame.fields).map(([field, value]) => [field, secrets.includes(field) ? MASK : value]),
    );
    return { ...known, fields, bytes: codec.encode({ ...frame, fields, direction }) };
  };
}
