import { orderNumberOf } from '@chargebus/domain';
import type { CommandOf, OrderRef } from '@chargebus/domain';
import { ocpp201Driver } from '@chargebus/protocol-ocpp';
import { AuthoriseCard, SignCertificate } from '@chargebus/requests';
import { eventually, OcppStation, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { Station } from './station';

describe('OCPP 2.0.1 through the WebSocket door', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  const stations: OcppStation[] = [];

  const station = async (identity: string): Promise<OcppStation> => {
    const connected = await OcppStation.connect(gateway.wsPort, identity);
    stations.push(connected);
    return connected;
  };

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    outside.admits();
    outside.bus.answer(AuthoriseCard, ({ cardId }) =>
      Promise.resolve({
        decision: cardId === 'BAD' ? ('blocked' as const) : ('accepted' as const),
        rateMode: 'time' as const,
        balanceFen: null,
        expiresAt: null,
      }),
    );
    outside.bus.answer(SignCertificate, () =>
      Promise.resolve({ decision: 'accepted' as const, reason: null, chainPem: 'the chain' }),
    );
    gateway = await startGateway(nats.url, {}, [], [ocpp201Driver]);
  });
  afterAll(async () => {
    await Promise.all(stations.map(({ client }) => client.close({ force: true })));
    await stopAll();
    await nats.stop();
  });
  const transactionsOf = async (identity: string) =>
    (await outside.factsOf(identity)).filter((fact) => fact.type === 'charge.transaction');

  it('A11 carries a charge by card: boot, status, authorisation, every step of the transaction', async () => {
    const device = await station('CS-1');
    expect(await device.boots()).toMatchObject({ status: 'Accepted', interval: 300 });
    await device.plugs(1);
    const idToken = { idToken: '04A2B3', type: 'ISO14443' };
    expect(await device.says('Authorize', { idToken })).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(await device.says('Authorize', { idToken: { idToken: 'BAD', type: 'ISO14443' } })).toEqual({
      idTokenInfo: { status: 'Blocked' },
    });
    const transactionId = 'tx-1';
    expect(await device.steps('Started', 0, { transactionId, chargingState: 'Charging' }, 1000, { idToken })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    expect(await device.steps('Updated', 1, { transactionId }, 1500)).toEqual({});
    expect(await device.steps('Ended', 2, { transactionId, stoppedReason: 'EVDisconnected' }, 2200)).toEqual({});
    expect((await outside.factsOf('CS-1')).map(({ type }) => type)).toEqual([
      'device.connected',
      'device.registered',
      'port.status',
      'card.swiped',
      'card.swiped',
      'charge.transaction',
      'port.status',
      'charge.transaction',
      'charge.transaction',
    ]);
    expect(await transactionsOf('CS-1')).toMatchObject([
      { step: 'started', portNo: 1, cardId: '04A2B3', samples: [{ registerWh: 1000 }] },
      { step: 'updated', portNo: 1, samples: [{ registerWh: 1500 }] },
      { step: 'ended', portNo: 1, end: { reason: 'unplugged' }, samples: [{ registerWh: 2200 }] },
    ]);
  });

  it('A11 starts and stops by order, and compares the settings of a station that has booted', async () => {
    const device = await station('CS-2');
    device.answers('RequestStartTransaction', () => ({ status: 'Accepted', transactionId: 'tx-2' }));
    device.answers('RequestStopTransaction', () => ({ status: 'Accepted' }));
    await device.boots();
    await device.wasAsked('GetVariables');
    const orderRef = '11112222333344445555666677778888' as OrderRef;
    const start: CommandOf<'charge.start'> = {
      kind: 'charge.start',
      portNo: 1,
      orderRef,
      durationLimitS: null,
      energyLimitWh: null,
      powerLimitW: null,
      primaryLimit: 'full',
      stopWhenFull: true,
      maxDurationS: null,
      balanceFen: null,
    };
    const started = await (await outside.orders('CS-2', start)).stages();
    expect(started).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);
    const remoteStartId = orderNumberOf(orderRef);
    expect(await device.wasAsked('RequestStartTransaction')).toMatchObject({
      evseId: 1,
      remoteStartId,
      idToken: { idToken: orderRef, type: 'Central' },
    });
    await device.steps('Started', 0, { transactionId: 'tx-2', remoteStartId }, 500);
    const stop = await outside.orders('CS-2', { kind: 'charge.stop', portNo: 1, orderRef, keepLocked: false });
    expect(await stop.stages()).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);
    expect(await device.wasAsked('RequestStopTransaction')).toEqual({ transactionId: 'tx-2' });
    await eventually(async () => {
      expect(await outside.factsOf('CS-2')).toMatchObject([
        { type: 'device.connected' },
        { type: 'device.registered' },
        { type: 'charge.replied', action: 'start', unproven: true },
        { type: 'charge.transaction', orderNumber: remoteStartId, source: 'platform' },
        { type: 'charge.replied', action: 'stop', executed: true },
      ]);
    });
  });

  it('A11 takes what a station kept while it was away, in any order and twice, as the same facts', async () => {
    const device = await station('CS-3');
    await device.boots();
    const transactionId = 'tx-3';
    const offline = { offline: true };
    await device.steps('Ended', 2, { transactionId }, 900, offline);
    await device.steps('Started', 0, { transactionId }, 100, offline);
    await device.steps('Updated', 1, { transactionId }, 400, offline);
    const before = (await transactionsOf('CS-3')).map(({ id }) => id);
    expect(new Set(before).size).toBe(3);
    expect(await transactionsOf('CS-3')).toMatchObject([{ offline: true }, { offline: true }, { offline: true }]);
  });

  it('has a certificate signed, and hands the chain over as an order', async () => {
    const device = await station('CS-4');
    device.answers('CertificateSigned', () => ({ status: 'Accepted' }));
    await device.boots();
    expect(await device.says('SignCertificate', { csr: 'a request' })).toEqual({ status: 'Accepted' });
    expect(await device.wasAsked('CertificateSigned')).toEqual({
      certificateChain: 'the chain',
      certificateType: 'ChargingStationCertificate',
    });
  });

  it('A18 answers what is against the schema with the code of 2.0.1', async () => {
    const device = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/CS-5`, { subprotocols: ['ocpp2.0.1'] });
    device.say(
      '[2,"x1","Heartbeat",{"surprise":1}]',
      '[2,"x2","StartTransaction",{}]',
      '[2,"x3","Reset",{}]',
      'no JSON',
    );
    await device.hears('"-1"');
    const codes = device.received.map((text) => (JSON.parse(text) as readonly unknown[]).slice(1, 3));
    expect(codes).toEqual([
      ['x1', 'FormatViolation'],
      ['x2', 'NotImplemented'],
      ['x3', 'NotSupported'],
      ['-1', 'RpcFrameworkError'],
    ]);
  });
});
