import { hexRest, layout } from '@chargebus/protocol-core';
import type { DecodedBy, EncodableBy, FrameDirection, PayloadCodec } from '@chargebus/protocol-core';
import { balance, balanceQuery, cardAuthorisation, cardPresented, jackResult } from './cards';
import {
  deviceEvent,
  faultEvent,
  faultEventReply,
  feeOrder,
  feeOrderEnd,
  feeOrderEndReply,
  feeOrderResult,
  parametersRead,
  parametersReport,
  parametersResult,
  parametersWrite,
  statusGroup,
  statusGroupReply,
  unknownContainer,
} from './containers';
import { heartbeat, heartbeatReply } from './heartbeat';
import { networkAdd, networkRefresh, networkRemove, networkResult } from './network';
import { acknowledgement, cardOrderEnd, order, orderEnd, orderResult, tierOrder, tierOrderEnd } from './orders';
import { firmwareDownload, socketQuery, socketStatus, voicePeriods } from './socket';

const unknownPayload = layout('bkv §17', { payload: hexRest });
const unknownSub = layout('bkv §17', { params: hexRest });

/** Page §5: outer command, then the sub-command (0005, 0015) or the container's command (1000). */
const UPLINK = {
  '0000': heartbeat,
  '0005/08': networkResult,
  '0005/09': networkResult,
  '0005/0A': networkResult,
  '0005/17': orderResult,
  '0007': unknownPayload,
  '0015/02': orderEnd,
  '0015/07': orderResult,
  '0015/0B': cardPresented,
  '0015/0C': cardOrderEnd,
  '0015/0F': jackResult,
  '0015/17': orderResult,
  '0015/18': tierOrderEnd,
  '0015/1A': balanceQuery,
  '0015/1B': jackResult,
  '0015/1C': socketStatus,
  '0015/1D': socketStatus,
  '1000/1004': feeOrderEnd,
  '1000/1007': feeOrderResult,
  '1000/1010': faultEvent,
  '1000/1011': parametersResult,
  '1000/1012': parametersReport,
  '1000/1013': deviceEvent,
  '1000/1017': statusGroup,
} as const;
const DOWNLINK = {
  '0000': heartbeatReply,
  '0005/08': networkRefresh,
  '0005/09': networkAdd,
  '0005/0A': networkRemove,
  '0005/17': tierOrder,
  '0007': firmwareDownload,
  '0015/02': acknowledgement,
  '0015/07': order,
  '0015/0B': cardAuthorisation,
  '0015/0C': acknowledgement,
  '0015/17': tierOrder,
  '0015/18': acknowledgement,
  '0015/1A': balance,
  '0015/1B': voicePeriods,
  '0015/1C': acknowledgement,
  '0015/1D': socketQuery,
  '1000/1004': feeOrderEndReply,
  '1000/1007': feeOrder,
  '1000/1010': faultEventReply,
  '1000/1011': parametersWrite,
  '1000/1012': parametersRead,
  '1000/1017': statusGroupReply,
} as const;

export type UpCommand = keyof typeof UPLINK;
export type DownCommand = keyof typeof DOWNLINK;
export type FieldsOf<C extends UpCommand> = DecodedBy<(typeof UPLINK)[C]>;
export type EncodableFields<C extends DownCommand> = EncodableBy<(typeof DOWNLINK)[C]>;

type LooseCodec = PayloadCodec<Readonly<Record<string, unknown>>>;
const TABLES = { up: UPLINK, down: DOWNLINK } as unknown as Readonly<
  Record<FrameDirection, Readonly<Partial<Record<string, LooseCodec>>>>
>;

/** Total: what no document explains is kept as hex. */
export function codecOf(direction: FrameDirection, command: string): LooseCodec {
  const known = TABLES[direction][command];
  if (known !== undefined) return known;
  return command.startsWith('1000') ? unknownContainer : command.length > 4 ? unknownSub : unknownPayload;
}
export const isKnown = (direction: FrameDirection, command: string): boolean => command in TABLES[direction];
