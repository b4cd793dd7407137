import type { TraceFrame } from '@chargebus/requests';

/** What frames somebody wants to see; undefined: this does not matter. */
export interface FrameFilter {
  readonly direction?: 'up' | 'down' | undefined;
  readonly message?: string | undefined; // code or name
  readonly q?: string | undefined;
  readonly errors?: boolean | undefined;
}

export function isWanted(frame: TraceFrame, { direction, message, q, errors }: FrameFilter): boolean {
  if (direction !== undefined && frame.direction !== direction) return false;
  if (errors === true && frame.error === null) return false;
  if (message !== undefined && !isSame(frame.message, message) && !isSame(frame.name, message)) return false;
  return q === undefined || holds(frame, q.toLowerCase());
}
const isSame = (name: string | null, wanted: string): boolean => name?.toLowerCase() === wanted.toLowerCase();

/** Hex may be written with gaps. */
function holds({ hex, text, fields }: TraceFrame, wanted: string): boolean {
  if (hex?.includes(wanted.replace(/[\s:-]/g, '')) === true) return true;
  return text?.toLowerCase().includes(wanted) === true || JSON.stringify(fields).toLowerCase().includes(wanted);
}
