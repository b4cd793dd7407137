import type { OrderRef, PortState } from '@chargebus/domain';
import type { ProtocolEvent, StartSource } from '@chargebus/events';
import type { FieldsOf } from '../commands/command-table';
import { arrivalId, NEVER, NO_MEANING } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import type { GunMemory } from '../connection/pile-memory';
import { NO_TRADE } from '../fields';
import { faultNames, toToken } from '../tables/hardware-faults';
import { changeFaults } from './faults';

const FAULT = 1;
const IDLE = 2;
const CHARGING = 3;
const DC_POWER_DECIMALS = 10;

export const wattHours = (kilowattHours: number): number => Math.round(kilowattHours * 10_000) / 10; // 0.1 Wh on the wire

/** The gun's state; while an order runs also a sample of it, and once per order that it began. §9.1. */
export const meansRealtime: Meaning<'13'> = (fields, incoming) => {
  const { gun: portNo, hardwareFault } = fields;
  if (portNo === 0) return NO_MEANING;
  const gun = incoming.pile.gun(portNo);
  noteOrder(gun, fields);
  const id = arrivalId(incoming, portNo);
  const facts = gun.runningTrade === null ? [] : chargeFacts(id, fields, gun.runningTrade, incoming, gun);
  facts.push(status(id, fields, incoming, gun));
  const tokens = faultNames(hardwareFault, incoming.pile.dialect.faultBitBase).map(toToken);
  facts.push(...changeFaults(incoming, portNo, 'hardware', tokens, { hardwareFault }));
  return { facts, answer: NEVER };
};

/** Some piles keep the last trade number while idle, some say "charging" before the order runs. */
function noteOrder(gun: GunMemory, { status, plugged, tradeNo }: FieldsOf<'up', '13'>): void {
  if (status === CHARGING && tradeNo !== NO_TRADE) {
    gun.runningTrade = tradeNo;
    gun.finishedTrade = null;
  } else if (status === IDLE || status === FAULT) {
    gun.finishedTrade = gun.runningTrade ?? (tradeNo === NO_TRADE ? gun.finishedTrade : tradeNo);
    gun.runningTrade = null;
  }
  if (plugged === 0) gun.finishedTrade = null;
  gun.status = status;
}

function status(id: string, fields: FieldsOf<'up', '13'>, { deviceId, at }: Incoming, gun: GunMemory): ProtocolEvent {
  const { gun: portNo } = fields;
  const state = portState(fields, gun);
  const report = { portNo, state, fault: state === 'fault' ? 'gun_fault' : null };
  return { type: 'port.status', id, deviceId, at, ports: [report] };
}
function portState({ status, plugged, tradeNo }: FieldsOf<'up', '13'>, gun: GunMemory): PortState {
  if (status === FAULT) return 'fault';
  if (status === CHARGING) return tradeNo === NO_TRADE ? 'plugged' : 'charging';
  if (status !== IDLE) return 'unknown'; // 0: the pile does not reach this gun
  if (plugged !== 1) return 'idle';
  return gun.finishedTrade === null ? 'plugged' : 'finished';
}

function chargeFacts(
  arrival: string,
  fields: FieldsOf<'up', '13'>,
  tradeNo: string,
  incoming: Incoming,
  gun: GunMemory,
): ProtocolEvent[] {
  const { deviceId, at, pile } = incoming;
  const { gun: portNo, chargeMinutes, outputVoltageV, outputCurrentA, energyKwh, soc, cableTempC } = fields;
  const order = pile.findOrder(tradeNo);
  const orderRef = tradeNo as OrderRef;
  const source: StartSource = order?.source ?? 'unknown';
  const durationS = chargeMinutes * 60;
  const common = { deviceId, at, portNo, orderRef, source, durationS };
  const isNew = gun.announcedTrade !== tradeNo;
  gun.announcedTrade = tradeNo;
  const powerW = Math.round(outputVoltageV * outputCurrentA * DC_POWER_DECIMALS) / DC_POWER_DECIMALS;
  const progress: ProtocolEvent = {
    type: 'charge.progress',
    id: `${arrival}:${tradeNo}`,
    ...common,
    portState: 'charging',
    phase: 'charging',
    energyWh: wattHours(energyKwh),
    powerW: pile.isAc === true ? null : powerW, // an AC pile reports one phase
    maxPowerW: null,
    minPowerW: null,
    avgPowerW: null,
    voltageV: outputVoltageV,
    currentA: outputCurrentA,
    frequencyHz: null,
    temperatureC: cableTempC === -50 ? null : cableTempC, // raw 0: no sensor
    envTemperatureC: null,
    socPct: socOf(soc, gun, tradeNo, pile.isAc),
  };
  if (!isNew) return [progress];
  // The order makes the fact: after a reconnection it is said again under the same id.
  const id = `${deviceId}:started:${tradeNo}`;
  return [{ type: 'charge.started', id, ...common, cardId: order?.cardId ?? null }, progress];
}

function socOf(soc: number, gun: GunMemory, tradeNo: string, isAc: boolean | null): number | null {
  if (isAc === true) return null;
  if (soc > 0) return soc;
  return gun.bmsTrade === tradeNo ? gun.demandSoc : null;
}
