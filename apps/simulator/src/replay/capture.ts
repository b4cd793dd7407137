import { z } from 'zod';

const Head = z.object({ format: z.literal('chargebus-capture'), version: z.literal(1), phy_id: z.string().min(1) });
const Line = z.object({
  at: z.iso.datetime(),
  direction: z.enum(['up', 'down']),
  protocol: z.string(),
  hex: z.string().nullable(),
  text: z.string().nullable(),
  cut: z.boolean(),
});

export interface CapturedFrame {
  readonly atMs: number;
  readonly direction: 'up' | 'down';
  readonly bytes: Uint8Array;
  readonly cut: boolean; // not all of it was kept
}
/** A capture as `GET …/frames/capture` gives it. */
export interface Capture {
  readonly phyId: string;
  readonly protocol: string | null; // null: there is no frame
  readonly isText: boolean;
  readonly frames: readonly CapturedFrame[]; // oldest first
}

/** Throws an error that names the line. */
export function readCapture(file: string): Capture {
  const [head = '', ...lines] = file.split('\n').filter((line) => line.trim() !== '');
  const { phy_id: phyId } = read(Head, head, 1);
  const told = lines.map((line, index) => read(Line, line, index + 2));
  return {
    phyId,
    protocol: told[0]?.protocol ?? null,
    isText: told[0]?.text != null,
    frames: told.map(({ at, direction, hex, text, cut }) => ({
      atMs: Date.parse(at),
      direction,
      bytes: text === null ? Buffer.from(hex ?? '', 'hex') : Buffer.from(text),
      cut,
    })),
  };
}

function read<T>(schema: z.ZodType<T>, line: string, no: number): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`line ${no.toString()} is none of a capture`, { cause: error });
  }
}
