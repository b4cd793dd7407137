import type { DecodedBy, EncodableBy, FrameDirection, PayloadCodec } from '@chargebus/protocol-core';
import { alarm } from './alarm';
import { cabinetHeartbeat, cabinetStop, cabinetStopReply, multiFunction, portPush } from './cabinet';
import { cardAnswer, cardSwipe } from './card';
import { chargeControl, chargeModify, chargeReply } from './charge';
import { hostPacket, packet200, packet256, packetReply, upgradeRequest } from './firmware';
import { heartbeat, oldHeartbeat } from './heartbeat';
import { breakerStatus, fskParameters, fskRequest, hostStatus, serverAddress, slaveList } from './host';
import { locate, memoryRead, memoryReadReply, memoryWrite, qrAddress, temporaryQr, voice } from './maintenance';
import { orderConfirmation, orderConfirmationAnswer } from './order-confirmation';
import { cardParameters, limits, mute, running1, running2, tcMode, workMode } from './parameters';
import { powerReport } from './power-report';
import { registration } from './registration';
import { emptyBody, resultReply } from './results';
import { cabinetFinished, settlement } from './settlement';
import { timeAnswer } from './time';

/** Device to server, page §8: what the device starts, and its replies to what we start. */
export const UPLINK = {
  '01': oldHeartbeat,
  '02': cardSwipe,
  '03': settlement,
  '04': orderConfirmation,
  '05': upgradeRequest,
  '06': powerReport,
  '11': hostStatus,
  '12': emptyBody,
  '15': emptyBody,
  '17': breakerStatus,
  '20': registration,
  '21': heartbeat,
  '22': emptyBody,
  '31': resultReply,
  '32': resultReply,
  '33': resultReply,
  '34': resultReply,
  '35': slaveList,
  '3A': resultReply,
  '3B': fskRequest,
  '41': cabinetHeartbeat,
  '42': alarm,
  '43': cabinetFinished,
  '44': portPush,
  '72': cabinetStopReply,
  '82': chargeReply,
  '83': resultReply,
  '84': resultReply,
  '85': resultReply,
  '86': resultReply,
  '87': resultReply,
  '88': resultReply,
  '89': resultReply,
  '8A': resultReply,
  '8B': memoryReadReply,
  '8C': resultReply,
  '8D': resultReply,
  '8E': resultReply,
  '8F': resultReply,
  '90': running1,
  '91': running2,
  '92': limits,
  '93': cardParameters,
  '95': resultReply,
  '96': resultReply,
  '97': resultReply,
  '98': resultReply,
  E0: packetReply,
  E1: packetReply,
  E2: packetReply,
  F8: packetReply,
  F9: packetReply,
  FA: packetReply,
} as const;

/** Server to device, page §8: our answers to what the device starts, and what we start. */
export const DOWNLINK = {
  '01': resultReply,
  '02': cardAnswer,
  '03': resultReply,
  '04': orderConfirmationAnswer,
  '12': timeAnswer,
  '15': resultReply,
  '20': resultReply,
  '21': resultReply,
  '22': timeAnswer,
  '31': emptyBody,
  '32': emptyBody,
  '33': emptyBody,
  '34': serverAddress,
  '3A': fskParameters,
  '72': cabinetStop,
  '81': emptyBody,
  '82': chargeControl,
  '83': running1,
  '84': running2,
  '85': limits,
  '86': cardParameters,
  '87': emptyBody,
  '88': emptyBody,
  '89': voice,
  '8A': chargeModify,
  '8B': memoryRead,
  '8C': memoryWrite,
  '8D': workMode,
  '8E': qrAddress,
  '8F': tcMode,
  '90': emptyBody,
  '91': emptyBody,
  '92': emptyBody,
  '93': emptyBody,
  '95': temporaryQr,
  '96': locate,
  '97': mute,
  '98': multiFunction,
  E0: packet200,
  E1: packet200,
  E2: packet200,
  E4: emptyBody,
  F8: packet256,
  F9: packet256,
  FA: hostPacket,
} as const;

interface Tables {
  readonly up: typeof UPLINK;
  readonly down: typeof DOWNLINK;
}
export type UpCommand = keyof typeof UPLINK;
export type DownCommand = keyof typeof DOWNLINK;
type Loose = Readonly<Record<string, unknown>>;

/** Decoded fields of a command; loose for a name that is only known at run time. */
export type FieldsOf<D extends FrameDirection, C extends string> = C extends keyof Tables[D]
  ? DecodedBy<Tables[D][C]>
  : Loose;
/** What a command is encoded from. */
export type EncodableFields<D extends FrameDirection, C extends string> = C extends keyof Tables[D]
  ? EncodableBy<Tables[D][C]>
  : Loose;

export interface CommandEntry {
  readonly name: string;
  readonly known: boolean;
  readonly codec: PayloadCodec<Loose, Loose>;
}
function tableOf(commands: Readonly<Record<string, unknown>>): readonly CommandEntry[] {
  return Array.from({ length: 256 }, (_, code) => {
    const name = code.toString(16).toUpperCase().padStart(2, '0');
    const codec = (commands[name] ?? emptyBody) as PayloadCodec<Loose, Loose>; // all bytes of an unknown one are extraHex
    return { name, known: name in commands, codec };
  });
}
/** By command code 0…255; codes without a layout are there too, as unknown. */
export const COMMANDS: Readonly<Record<FrameDirection, readonly CommandEntry[]>> = {
  up: tableOf(UPLINK),
  down: tableOf(DOWNLINK),
};
