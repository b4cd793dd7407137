import { unknownToken } from './unknown-token';

interface ChargeResult {
  readonly token: string;
  readonly executed: boolean;
  /** Opens a fault of the port. */
  readonly isFault: boolean;
}
const no = (token: string): ChargeResult => ({ token, executed: false, isFault: false });
const noForFault = (token: string): ChargeResult => ({ token, executed: false, isFault: true });
const SAME_STATE = 0x02;
const PORT_FAULT = 0x03;

/** Page §7.5. */
const CHARGE_RESULTS: Readonly<Record<number, ChargeResult>> = {
  0x00: { token: 'ok', executed: true, isFault: false },
  0x01: no('no_charger'),
  [SAME_STATE]: no('same_state'),
  [PORT_FAULT]: { token: 'port_fault', executed: true, isFault: true },
  0x04: no('no_such_port'),
  0x05: no('ambiguous_port'),
  0x06: no('total_power'),
  0x07: noForFault('memory'),
  0x08: noForFault('relay_or_fuse'),
  0x09: { token: 'relay_stuck', executed: true, isFault: true }, // charges anyway
  0x0a: noForFault('short_circuit'),
  0x0b: noForFault('smoke'),
  0x0c: noForFault('overvoltage'),
  0x0d: noForFault('undervoltage'),
  0x0e: no('no_response'),
};

export type ChargeAction = 'start' | 'stop';
export interface ChargeVerdict {
  readonly executed: boolean;
  readonly alreadyDone: boolean;
  readonly unproven: boolean;
  readonly reason: string;
  readonly fault: string | null;
}

/**
 * What a 0x82 result means for the order. `repeated`: this order was sent before, so that "same state" says that the
 * earlier copy was executed. A stop that finds the port idle is done in any case. `action` null: a late reply to a
 * command that nobody remembers.
 */
export function judgeChargeResult(code: number, action: ChargeAction | null, repeated: boolean): ChargeVerdict {
  const result = CHARGE_RESULTS[code] ?? no(unknownToken(code));
  const alreadyDone = code === SAME_STATE && (action === 'stop' || (action === 'start' && repeated));
  return {
    executed: result.executed || alreadyDone,
    alreadyDone,
    unproven: code === PORT_FAULT && action !== 'stop',
    reason: result.token,
    fault: result.isFault ? result.token : null,
  };
}
