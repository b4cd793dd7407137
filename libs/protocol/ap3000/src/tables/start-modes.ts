import type { StartSource } from '@chargebus/events';

/** Page §7.3. */
const SOURCES: Readonly<Record<number, StartSource>> = { 0: 'card', 1: 'platform', 3: 'code' };
export const startSourceOf = (startMode: number): StartSource => SOURCES[startMode] ?? 'unknown';
/** The four bytes are a card's UID only when a card started the charge. */
export const startCardOf = (startMode: number, cardOrCodeHex: string): string | null =>
  startMode === 0 ? cardOrCodeHex.toUpperCase() : null;
/** The verification code as raw bytes; its encoding is not documented. Null: not started by code. */
export const startCodeOf = (startMode: number, cardOrCodeHex: string): string | null =>
  startMode === 3 ? cardOrCodeHex : null;
