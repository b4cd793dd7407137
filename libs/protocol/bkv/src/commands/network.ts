import { hexBytes, layout, record, u8 } from '@chargebus/protocol-core';
import { flag, listToEnd } from '../fields';

const node = record({ socketNo: u8, mac: hexBytes(6) });
export const networkRefresh = layout('gn §3.1', { channel: u8, nodes: listToEnd(node) });
export const networkAdd = layout('gn §3.2', { socketNo: u8, mac: hexBytes(6) });
export const networkRemove = layout('gn §3.3', { socketNo: u8 });
export const networkResult = layout('gn §3', { ok: flag });
