import { layout } from '@chargebus/protocol-core';
import type { DecodedBy, EncodableBy, FrameDirection, PayloadCodec } from '@chargebus/protocol-core';
import { billingCheck, billingCheckReply, billingModel, billingRequest } from './billing';
import { bmsConfig, bmsDemand, bmsEnd, bmsError, bmsHandshake, bmsInfo, bmsStop, chargerStop } from './bms';
import {
  balanceUpdate,
  balanceUpdateReply,
  cardClearReply,
  cardNames,
  cardQueryReply,
  cardSync,
  cardSyncReply,
} from './cards';
import {
  firmwareUpdate,
  lockControl,
  lockControlReply,
  lockStatus,
  pileTime,
  qrPrefix,
  reboot,
  workParams,
} from './maintenance';
import { heartbeat, heartbeatReply, login, pileGun, pileResult, pileSuccess } from './presence';
import { realtimeData } from './realtime';
import { transactionConfirm, transactionRecord } from './record';
import {
  parallelStart,
  parallelStartConfirm,
  parallelStartReply,
  parallelStartRequest,
  remoteStart,
  remoteStartReply,
  remoteStopReply,
  startConfirm,
  startRequest,
} from './start';

/** Page §6.0: an odd type comes from the pile, an even one from the platform. */
export const UPLINK = {
  '01': login,
  '03': heartbeat,
  '05': billingCheck,
  '09': billingRequest,
  '13': realtimeData,
  '15': bmsHandshake,
  '17': bmsConfig,
  '19': bmsEnd,
  '1B': bmsError,
  '1D': bmsStop,
  '21': chargerStop,
  '23': bmsDemand,
  '25': bmsInfo,
  '31': startRequest,
  '33': remoteStartReply,
  '35': remoteStopReply,
  '3B': transactionRecord,
  '41': balanceUpdateReply,
  '43': cardSyncReply,
  '45': cardClearReply,
  '47': cardQueryReply,
  '51': pileSuccess,
  '55': pileTime,
  '57': pileSuccess,
  '61': lockStatus,
  '63': lockControlReply,
  '91': pileSuccess,
  '93': pileResult,
  A1: parallelStartRequest,
  A3: parallelStartReply,
  F1: pileResult,
} as const;

export const DOWNLINK = {
  '02': pileResult,
  '04': heartbeatReply,
  '06': billingCheckReply,
  '0A': billingModel,
  '12': pileGun,
  '32': startConfirm,
  '34': remoteStart,
  '36': pileGun,
  '40': transactionConfirm,
  '42': balanceUpdate,
  '44': cardSync,
  '46': cardNames,
  '48': cardNames,
  '52': workParams,
  '56': pileTime,
  '58': billingModel,
  '62': lockControl,
  '92': reboot,
  '94': firmwareUpdate,
  A2: parallelStartConfirm,
  A4: parallelStart,
  F0: qrPrefix,
} as const;

interface Tables {
  readonly up: typeof UPLINK;
  readonly down: typeof DOWNLINK;
}
export type UpCommand = keyof typeof UPLINK;
export type DownCommand = keyof typeof DOWNLINK;
export type LooseFields = Readonly<Record<string, unknown>>;

/** Decoded fields of a command; loose for a name that is only known at run time. */
export type FieldsOf<D extends FrameDirection, C extends string> = C extends keyof Tables[D]
  ? DecodedBy<Tables[D][C]>
  : LooseFields;
export type EncodableFields<D extends FrameDirection, C extends string> = C extends keyof Tables[D]
  ? EncodableBy<Tables[D][C]>
  : LooseFields;

export interface CommandEntry {
  readonly name: string; // two upper-case hex digits
  readonly known: boolean;
  readonly codec: PayloadCodec<LooseFields, LooseFields>;
}
const opaque = layout('unknown type', {});
function tableOf(commands: Readonly<Record<string, unknown>>): readonly CommandEntry[] {
  return Array.from({ length: 256 }, (_, code) => {
    const name = code.toString(16).toUpperCase().padStart(2, '0');
    const codec = (commands[name] ?? opaque) as PayloadCodec<LooseFields, LooseFields>;
    return { name, known: name in commands, codec };
  });
}
/** By type 0…255; types that the direction does not have are there too, as unknown. */
export const COMMANDS: Readonly<Record<FrameDirection, readonly CommandEntry[]>> = {
  up: tableOf(UPLINK),
  down: tableOf(DOWNLINK),
};

/** Bodies that begin with the trade number have the pile code behind it. */
const AFTER_TRADE_NO: ReadonlySet<string> = new Set('13 15 17 19 1B 1D 21 23 25 32 33 34 3B A2 A3 A4'.split(' '));
const TRADE_NO_BYTES = 16;
/** Where the pile code stands in the body; null: nowhere. */
export const pileCodeOffset = ({ name, known }: CommandEntry): number | null =>
  !known || name === '40' ? null : AFTER_TRADE_NO.has(name) ? TRADE_NO_BYTES : 0;
