import { START_MODE } from './charge';
import type { StartMode } from './charge';

const HOUR_S = 3600;
const BEIJING_S = 8 * HOUR_S;
const PORT_OFFSET: Readonly<Record<StartMode, number>> = {
  [START_MODE.card]: 30,
  [START_MODE.platform]: 0,
  [START_MODE.code]: 70,
};

/**
 * The 16 bytes that a device makes up for a charge it started by itself (§7.3): local time, card or code, device
 * number, port number plus 30 (card) or 70 (code), in decimal digits. `cardOrCodeHex` is the card's 8 hex digits or
 * `00` and the six digits of a verification code.
 */
export function deviceBuiltOrder(options: {
  readonly epochS: number;
  readonly startMode: StartMode;
  readonly cardOrCodeHex: string;
  readonly deviceNo: number;
  readonly portNo: number;
}): string {
  const { epochS, startMode, cardOrCodeHex, deviceNo, portNo } = options;
  const time = new Date((epochS + BEIJING_S) * 1000).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const device = (deviceNo % 100_000_000).toString().padStart(8, '0');
  const port = (portNo + PORT_OFFSET[startMode]).toString().padStart(2, '0');
  return `${time}${cardOrCodeHex.toLowerCase()}${device}${port}`;
}
