import type { DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { fromHex, toHex } from '@chargebus/protocol-core';
import { Line } from './a-line';
import { fileVectors, vectorFile } from './vectors';

interface Told {
  readonly type: string;
  readonly portNo?: number;
  readonly socketNo?: number;
  readonly state?: string;
  readonly code?: string;
  readonly cardNo?: string;
  readonly firmware?: string;
  readonly rssi?: number;
  readonly energyWh?: number;
  readonly durationMin?: number;
}
/** What other apps do with facts: presence. */
const NOT_OF_THE_WIRE: ReadonlySet<string> = new Set(['device.online']);
/** What needs more memory than a connection has when it opens. */
const BY_MEMORY: ReadonlySet<string> = new Set(['map-end-remote-stop', 'map-end-duplicate', 'map-fault-recovered']);
const STATES: Readonly<Record<string, string>> = { offline: 'unknown', finishing: 'finished' };
const END_CLASSES: Readonly<Record<string, string>> = {
  'charging.completed': 'planned',
  'charging.stopped': 'stopped',
  'charging.failed': 'fault',
};

/** An event of the page as the fact that it comes from. */
function factOf({ type, portNo, energyWh, durationMin, ...said }: Told): object {
  const durationS = (durationMin ?? 0) * 60;
  const endClass = END_CLASSES[type];
  if (endClass !== undefined && energyWh !== undefined)
    return { type: 'charge.settled', portNo, energyWh, durationS, endClass };
  switch (type) {
    case 'device.registered':
      return { type, firmwareVersion: said.firmware };
    case 'device.heartbeat':
      return { type, signal: said.rssi };
    case 'charging.progress':
      return { type: 'charge.progress', portNo, energyWh, durationS };
    case 'charging.started':
    case 'charging.failed':
      return { type: 'charge.replied', executed: type === 'charging.started' };
    case 'card.swiped':
      return { type, portNo, cardId: said.cardNo };
    case 'card.balance-query':
      return { type: 'card.swiped', portNo: null, cardId: said.cardNo };
    default:
      return { type, token: `${said.code ?? ''}_socket_${said.socketNo ?? ''}` };
  }
}
/** Ports of one frame are one fact, with the faults of their jacks. */
function factsOf(events: readonly Told[]): readonly object[] {
  const wire = events.filter(({ type }) => !NOT_OF_THE_WIRE.has(type));
  const ports = wire.flatMap(({ type, portNo, socketNo, state = '' }) => {
    if (type !== 'port.status') return [];
    const fault = wire.find((event) => event.type === 'device.fault' && event.portNo === portNo)?.code ?? null;
    return [{ portNo, socketNo, state: STATES[state] ?? state, fault }];
  });
  const rest = wire.filter(({ type, portNo }) => type !== 'port.status' && !(type === 'device.fault' && portNo));
  return [...(ports.length > 0 ? [{ type: 'port.status', ports }] : []), ...rest.map(factOf)];
}

describe('the mapping of the BKV page', () => {
  it.each(vectorFile.mapping)('A17 $id', ({ id, hex, events, reply, ...rest }) => {
    const line = new Line(hex.slice(22, 36) as DeviceId);
    if ('replyAt' in rest) line.atMs = Date.parse(`${rest.replyAt}+08:00`);
    const { facts, answer } = line.receives(fromHex(hex));
    const said = answer.when === 'now' || answer.when === 'stored' ? toHex(answer.bytes) : null;
    expect(said).toBe(reply);
    const isNew = (fact: ProtocolEvent): boolean =>
      fact.type !== 'device.registered' || events.some(({ type }) => type === 'device.registered');
    if (!BY_MEMORY.has(id)) expect(facts.filter(isNew)).toMatchObject(factsOf(events as readonly Told[]));
  });

  it('reports a vendor fault as over that it told of before', () => {
    const hex = fileVectors.find((one) => one.id === 'fault-1010-up-guide')?.hex ?? '';
    const line = new Line(hex.slice(22, 36) as DeviceId);
    line.receives(fromHex(hex));
    line.atMs += 60_000;
    expect(line.receives(fromHex(hex)).facts).toMatchObject([
      { type: 'device.fault_cleared', token: 'vendor_8_socket_2' },
    ]);
  });
});
