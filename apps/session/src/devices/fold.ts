import { SystemAlarm } from '@chargebus/events';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import { foldProgress, foldReplied, foldSettled, foldStarted } from '../sessions/charge.fold';
import { foldTransaction } from '../sessions/transaction.fold';
import { foldNetwork, foldSocketReports } from '../networks/network.fold';
import type { DeviceWork } from './device-work';
import { foldIncapable } from './capability.fold';
import { foldFault, foldFaultCleared } from './fault.fold';
import { foldPorts } from './port.fold';
import { foldConnected, foldDisconnected, foldHeartbeat } from './presence.fold';
import { foldFirmware, foldInventory, foldNotice, foldRegistered } from './registration.fold';

/**
 * What one fact does to its device. Facts come at least once and may overtake each other: each fold says, or its state
 * machine does, why that is harmless.
 */
export function foldFact(work: DeviceWork, fact: ProtocolEvent): void {
  if (fact.type !== 'device.disconnected') work.heardAtMs = Math.max(work.heardAtMs ?? 0, Date.parse(fact.at));
  switch (fact.type) {
    case 'device.connected':
      foldConnected(work, fact);
      return;
    case 'device.disconnected':
      foldDisconnected(work, fact);
      return;
    case 'device.registered':
      foldRegistered(work, fact);
      return;
    case 'device.heartbeat':
      foldHeartbeat(work, fact);
      foldPorts(work, fact);
      return;
    case 'port.status':
      foldSocketReports(work, fact);
      foldPorts(work, fact);
      return;
    case 'charge.started':
      foldStarted(work, fact);
      return;
    case 'charge.replied':
      foldReplied(work, fact);
      return;
    case 'charge.progress':
      foldProgress(work, fact);
      return;
    case 'charge.settled':
      foldSettled(work, fact);
      return;
    case 'charge.transaction':
      foldTransaction(work, fact);
      return;
    case 'device.fault':
      foldFault(work, fact);
      return;
    case 'device.fault_cleared':
      foldFaultCleared(work, fact);
      return;
    case 'firmware.progress':
      foldFirmware(work, fact);
      return;
    case 'device.inventory':
      foldInventory(work, fact);
      return;
    case 'device.notice':
      foldNotice(work, fact);
      return;
    case 'device.network':
      foldNetwork(work, fact);
      return;
    case 'device.incapable':
      foldIncapable(work, fact);
      return;
    case 'frame.rejected':
      foldRejected(work, fact);
      return;
    case 'card.swiped': // answered by AuthoriseCard; as a fact it is only a sign of life
      return;
  }
}

/** Kept raw. A settlement that cannot be read is money: the device was told that we have it, so a person must look. */
function foldRejected(work: DeviceWork, fact: ProtocolEventOf<'frame.rejected'>): void {
  work.rejectedFrames.push(fact);
  if (!fact.isSettlement) return;
  work.emit(SystemAlarm, fact.id, Date.parse(fact.at), {
    alarmType: 'settlement_undecodable',
    severity: 'critical',
    message: `device ${fact.deviceId} sent a settlement that cannot be read: ${fact.reason}`,
    details: { device_id: fact.deviceId, command: fact.command, hex: fact.hex },
  });
}
