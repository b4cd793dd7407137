import { orderTagOf } from '@chargebus/domain';
import type { CommandOf, OrderRef } from '@chargebus/domain';
import { ocpp16Driver } from '@chargebus/protocol-ocpp';
import { AuthoriseCard } from '@chargebus/requests';
import { OcppStation, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { Station } from './station';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const NUMBERED = 64 * 7;
const ORDER = '11112222333344445555666677778888' as OrderRef;
const START: CommandOf<'charge.start'> = {
  kind: 'charge.start',
  portNo: 1,
  orderRef: ORDER,
  durationLimitS: null,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'full',
  stopWhenFull: true,
  maxDurationS: null,
  balanceFen: null,
};

describe('OCPP 1.6 through the WebSocket door', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  const clients: OcppStation[] = [];

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    outside.admits({ 'CP-6': { accepted: false } });
    outside.bus.answer(AuthoriseCard, ({ cardId, transactionKey }) =>
      Promise.resolve({
        decision: cardId === 'BAD' ? ('blocked' as const) : ('accepted' as const),
        rateMode: 'time' as const,
        balanceFen: null,
        expiresAt: null,
        groupId: null,
        ...(transactionKey !== undefined && { transactionNo: NUMBERED }),
      }),
    );
    gateway = await startGateway(nats.url, {}, [], [ocpp16Driver]);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.leaves()));
    await stopAll();
    await nats.stop();
  });

  const connect = async (identity: string): Promise<OcppStation> => {
    const client = await OcppStation.connect(gateway.wsPort, identity, 'ocpp1.6');
    clients.push(client);
    client.answers('GetConfiguration', () => ({ configurationKey: [], unknownKey: ['HeartbeatInterval'] }));
    client.answers('TriggerMessage', () => ({ status: 'NotImplemented' }));
    client.answers('ChangeConfiguration', () => ({ status: 'Accepted' }));
    return client;
  };
  const boots = (client: OcppStation) =>
    client.says('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'M-16', firmwareVersion: '1.0' });
  const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
  const values = (transactionId: number, wh: number, ageMs: number) => ({
    connectorId: 1,
    transactionId,
    meterValue: [{ timestamp: ago(ageMs), sampledValue: [{ value: String(wh / 1000), unit: 'kWh' }] }],
  });
  const transactions = async (identity: string) =>
    (await outside.factsOf(identity)).filter((fact) => fact.type === 'charge.transaction');

  it('A11 carries a charge by card: boot, settings, authorisation, start, values, stop', async () => {
    const client = await connect('CP-1');
    expect(await boots(client)).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(await client.wasAsked('ChangeConfiguration')).toMatchObject({ key: 'MeterValueSampleInterval' });
    expect(await client.says('Authorize', { idTag: '04A2B3' })).toEqual({ idTagInfo: { status: 'Accepted' } });
    expect(await client.says('Authorize', { idTag: 'BAD' })).toEqual({ idTagInfo: { status: 'Blocked' } });
    const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1000, timestamp: ago(3 * SECOND) };
    const { transactionId } = (await client.says('StartTransaction', start)) as { transactionId: number };
    expect(transactionId % 64).toBe(1);
    // The answer was lost: the same start comes again, under a new message id.
    expect(await client.says('StartTransaction', start)).toMatchObject({ transactionId });
    expect(await client.says('MeterValues', values(transactionId, 1500, 2 * SECOND))).toEqual({});
    const stop = { transactionId, meterStop: 2200, timestamp: ago(SECOND), reason: 'EVDisconnected' };
    expect(await client.says('StopTransaction', stop)).toEqual({});
    const [first, again, ...told] = await transactions('CP-1');
    expect(again?.id).toBe(first?.id);
    expect([first, ...told]).toMatchObject([
      { step: 'started', portNo: 1, cardId: '04A2B3', authorised: true, beginRegisterWh: 1000 },
      { step: 'updated', portNo: 1, samples: [{ registerWh: 1500 }] },
      { step: 'ended', endRegisterWh: 2200, end: { reason: 'unplugged' } },
    ]);
  });

  it('A11 starts and stops by order, with a one-time card', async () => {
    const client = await connect('CP-2');
    client.answers('RemoteStartTransaction', () => ({ status: 'Accepted' }));
    client.answers('RemoteStopTransaction', () => ({ status: 'Accepted' }));
    await boots(client);
    const started = await (await outside.orders('CP-2', START)).stages();
    expect(started).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);
    const { idTag } = await client.wasAsked('RemoteStartTransaction');
    expect(idTag).toBe(orderTagOf(ORDER));
    expect(await client.says('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Accepted' } });
    const begun = { connectorId: 1, idTag, meterStart: 10, timestamp: ago(0) };
    const { transactionId } = await client.says('StartTransaction', begun);
    const stop = await outside.orders('CP-2', { kind: 'charge.stop', portNo: 1, orderRef: ORDER, keepLocked: false });
    expect(await stop.stages()).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);
    expect(await client.wasAsked('RemoteStopTransaction')).toEqual({ transactionId });
    expect(await transactions('CP-2')).toMatchObject([{ orderRef: ORDER, source: 'platform', authorised: true }]);
  });

  it('A11 takes a whole session that a station kept while it was away, with its own times', async () => {
    const client = await connect('CP-3');
    const begun = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: ago(2 * HOUR) };
    const { transactionId } = (await client.says('StartTransaction', begun)) as { transactionId: number };
    await client.says('MeterValues', values(transactionId, 500, 1.5 * HOUR));
    await client.says('StopTransaction', { transactionId, meterStop: 900, timestamp: ago(HOUR), reason: 'Local' });
    const told = await transactions('CP-3');
    expect(told).toMatchObject([{ offline: true }, { offline: true }, { offline: true }]);
    expect(told[0]).toMatchObject({ occurredAt: begun.timestamp });
    await client.wasAsked('TriggerMessage'); // it came without a boot: its connectors are asked for
  });

  it('A11 has a start numbered by the platform where the clock of the station is unset', async () => {
    const client = await connect('CP-4');
    const begun = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: '1970-01-01T00:00:10Z' };
    expect(await client.says('StartTransaction', begun)).toMatchObject({ transactionId: NUMBERED });
    expect(await transactions('CP-4')).toMatchObject([{ transactionRef: String(NUMBERED), clockSuspect: true }]);
  });

  it('A11 hears a station only once it was accepted, and remembers that before the registry does', async () => {
    const refusal = { rpcErrorCode: 'SecurityError' };
    const client = await connect('CP-6');
    await expect(client.says('Heartbeat', {})).rejects.toMatchObject(refusal);
    await boots(client);
    expect(await client.says('Heartbeat', {})).toHaveProperty('currentTime');
    await client.leaves();
    const again = await connect('CP-6');
    expect(await again.says('Heartbeat', {})).toHaveProperty('currentTime');
  });

  it('A18 answers what is against the schema with the code of 1.6', async () => {
    const station = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/CP-5`, { subprotocols: ['ocpp1.6'] });
    station.say(
      '[2,"x1","Heartbeat",{"surprise":1}]',
      '[2,"x2","TransactionEvent",{}]',
      '[2,"x3","Reset",{"type":"Soft"}]',
      '[2,"x4","Authorize",{}]',
      'no JSON',
    );
    await station.hears('"-1"');
    const codes = station.received.map((text) => (JSON.parse(text) as readonly unknown[]).slice(1, 3));
    expect(codes).toEqual([
      ['x1', 'FormationViolation'],
      ['x2', 'NotImplemented'],
      ['x3', 'NotSupported'],
      ['x4', 'OccurenceConstraintViolation'],
      ['-1', 'FormationViolation'],
    ]);
  });
});
