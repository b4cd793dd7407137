import { hexBytes, layout, u16be, u32be, u8 } from '@chargebus/protocol-core';
import { countedList, flag, modeBy } from '../fields';
import { cardModeOf } from '../tables/charge-modes';
import { tier } from './orders';

export const cardPresented = layout('bkv §6.7', {
  socketNo: u8,
  jack: u8,
  businessNo: u16be,
  status: u8,
  cardNo: hexBytes(6),
  offlineParams: hexBytes(20),
});
export const cardAuthorisation = layout(
  'bkv §6.7',
  {
    socketNo: u8,
    jack: u8,
    businessNo: u16be,
    on: flag,
    modeCode: u8,
    mode: modeBy(cardModeOf),
    durationMin: u16be,
    energyWh: u16be,
  },
  { amountFen: u16be, tiers: countedList(tier) }, // mode 3 only
);
/** The result stands last here. */
export const jackResult = layout('bkv §6.8', { socketNo: u8, jack: u8, ok: flag });
export const balanceQuery = layout('bkv §6.10', { socketNo: u8, jack: u8, cardNo: hexBytes(6) });
export const balance = layout('bkv §6.10', { socketNo: u8, jack: u8, cardNo: hexBytes(6), balanceFen: u32be });
