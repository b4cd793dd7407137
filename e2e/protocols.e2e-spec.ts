import { answer } from '@chargebus/api-client';
import { bkv, Fleet, ocpp, ykc } from '@chargebus/simulator';
import type { LedgerCharge, SimulatedProtocol, Vehicle } from '@chargebus/simulator';
import { eventually, OcppStation } from '@chargebus/testing';
import { RawDevice } from './harness/raw-device';
import { RawBkvGateway } from './harness/raw-bkv';
import { RawYkcPile } from './harness/raw-ykc';
import { Story } from './harness/story';
import type { ReceivedEvent } from './harness/webhook-receiver';

interface Limits {
  readonly mode: 1 | 2 | 4;
  readonly time_limit?: number;
  readonly energy_limit?: number;
}
type Ordered = readonly [name: string, portNo: number, body: Limits];

const E_BIKE: Vehicle = { powerW: 200, needWh: 150 };
const CAR: Vehicle = { powerW: 60_000, needWh: 10_000 };
const ORDERED: readonly Ordered[] = [
  ['time', 1, { mode: 1, time_limit: 10 }],
  ['energy', 2, { mode: 2, energy_limit: 0.1 }],
  ['full', 3, { mode: 4 }],
];
const SWIPED = 4;

interface Street {
  readonly name: string;
  readonly make: () => SimulatedProtocol;
  readonly vehicle: Vehicle;
  readonly speed: number;
  readonly door: 'devicePort' | 'stationPort';
}
/** A few minutes of charging in seconds: the platform's watch must be able to stop in time. */
const car = { vehicle: CAR, speed: 120 } as const;
const stations16 = () => ocpp('ocpp1.6', { evses: 4, reportIntervalS: 15 });
const stations201 = () => ocpp('ocpp2.0.1', { evses: 4, reportIntervalS: 15 });
const STREETS: readonly Street[] = [
  {
    name: 'BKV',
    make: () => bkv({ sockets: 2, reportIntervalS: 60, firstDeviceNo: 7_000 }),
    vehicle: E_BIKE,
    speed: 600,
    door: 'devicePort',
  },
  { name: 'YKC', make: () => ykc({ guns: 4, firstDeviceNo: 7_000 }), ...car, door: 'devicePort' },
  { name: 'OCPP-16', make: stations16, ...car, door: 'stationPort' },
  { name: 'OCPP-201', make: stations201, ...car, door: 'stationPort' },
];

/** Every protocol against one installation; the devices' own ledgers are the truth. */
describe('a charge in every protocol, from the device to the signed webhook', () => {
  let story: Story;
  const fleets: Fleet[] = [];
  const stations: OcppStation[] = [];

  beforeAll(async () => {
    story = await Story.begin({
      settings: { session: { CARD_DECISION: 'accepted' }, 'protocol-gateway': { FRAME_REPORT_S: '0.5' } },
    });
  }, 60_000);
  afterAll(async () => {
    for (const fleet of fleets) fleet.close();
    for (const station of stations) await station.leaves();
    await story.end();
  });

  const start = async (phyId: string, portNo: number, orderNo: string, body: Limits): Promise<string> => {
    const { session_id } = await answer(
      story.api.POST('/api/third/devices/{phyId}/charge/start', {
        params: { path: { phyId } },
        body: { port_no: portNo, third_party_order_no: orderNo, ...body },
      }),
    );
    return session_id;
  };
  const completed = (matches: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent> =>
    story.event('charging.completed', matches, 60_000);
  const online = (phyId: string): Promise<ReceivedEvent> =>
    story.event('device.online', (event) => event.device_phy_id === phyId);

  /** 0.1 Wh, the finest that any of them counts. */
  const deciwattHours = (energyWh: number | null | undefined): number => Math.round((energyWh ?? -1) * 10);

  async function charges({ name, make, vehicle, speed, door }: Street): Promise<void> {
    const fleet = await Fleet.connect({
      protocol: make(),
      host: '127.0.0.1',
      port: story.installation[door],
      devices: 1,
      speed,
    });
    fleets.push(fleet);
    const [device] = fleet.devices;
    if (device === undefined) throw new Error('no device');
    await online(device.deviceId);
    for (const portNo of [1, 2, 3, SWIPED]) device.plugIn(portNo, vehicle);
    // Ports of a BKV gateway are known by their first report.
    await eventually(async () => {
      const { body } = await story.platform.get(
        `/api/third/devices/${device.deviceId}/charge/status?port_no=${SWIPED}`,
      );
      expect(body.code).toBe(0);
    });
    device.faults.set({ duplicateSettlements: 1 }); // every settlement comes again after its answer
    const ordered = ORDERED.map(async ([what, portNo, body]) => {
      const sessionId = await start(device.deviceId, portNo, `${name}-${what}`, body);
      return { portNo, isOf: (event: ReceivedEvent) => event.data.session_id === sessionId };
    });
    const sessions = await Promise.all(ordered);
    device.swipeCard(SWIPED, 'd14b0a54');
    const isSwiped = ({ device_phy_id, data }: ReceivedEvent): boolean =>
      device_phy_id === device.deviceId && data.port_no === SWIPED && data.third_party_order_no === null;
    for (const { portNo, isOf } of [...sessions, { portNo: SWIPED, isOf: isSwiped }]) {
      const { data } = await completed(isOf);
      const charge = device.ledger.charges.find((one: LedgerCharge) => one.portNo === portNo);
      expect([name, data.port_no, deciwattHours(Number(data.total_energy) * 1000)]).toEqual([
        name,
        portNo,
        deciwattHours(charge?.energyWh),
      ]);
    }
    await fleet.settled(30_000);
    expect(device.ledger.charges.map(({ settlementsSent }) => settlementsSent > 1)).not.toContain(false);
    const terminal = story.receiver
      .distinct('charging.completed')
      .filter((event) => event.device_phy_id === device.deviceId);
    expect(terminal).toHaveLength(ORDERED.length + 1);
  }

  it('A04 A06 A08 A20 I09 charges by time, by energy and until full, by API and by card, settled once', async () => {
    await Promise.all(STREETS.map(charges));
  }, 120_000);

  it('A08 A17 BKV, written byte by byte: the totals are those of the frame, and a copy changes nothing', async () => {
    const gateway = await RawBkvGateway.connect(story.installation.devicePort, '82241218000382');
    await gateway.heartbeat();
    await online(gateway.gatewayId);
    const sessionId = await start(gateway.gatewayId, 1, 'BKV-RAW', { mode: 1, time_limit: 60 });
    const order = await gateway.hears(0x0015, 0x07);
    expect(order.body).toBe('0008 07 01 00 01 01 003c 0000'.replaceAll(' ', ''));
    gateway.say(0x0015, '0005 07 01 01 00 0009', order.serial);
    await story.event('charging.started', (event) => event.data.session_id === sessionId);
    // Ended after 60 min with 412 Wh; the copy was taken a moment later, with another power.
    for (const power of ['0194', '0001']) {
      gateway.say(0x0015, `0011 02 01 5136 1e 19 00 b0 0009 ${power} 0159 019c 003c`);
      expect((await gateway.hears(0x0015, 0x0c)).body).toBe('00020c0101');
    }
    const { data } = await completed((event) => event.data.session_id === sessionId);
    expect(data).toMatchObject({ total_energy: 0.412, total_duration: 3_600, end_reason: 'time_limit_reached' });
    gateway.line.close();
  });

  it('A03 sets the sockets of a gateway, then one more, and knows their ports before they report', async () => {
    const gateway = await RawBkvGateway.connect(story.installation.devicePort, '82241218000383');
    await gateway.heartbeat();
    await online(gateway.gatewayId);
    const path = `/api/third/devices/${gateway.gatewayId}/sockets`;
    const put = (sockets: readonly object[]) => story.platform.send('PUT', path, { channel: 4, sockets });
    const taken = (count: number) =>
      eventually(async () => {
        const { body } = await story.platform.get<{ sockets: object[]; planned_by: unknown }>(path);
        expect(body.data).toMatchObject({ planned_by: null });
        expect(body.data.sockets).toHaveLength(count);
        return body.data.sockets;
      });
    const [first, second] = [
      { socket_no: 1, mac: '450030700247' },
      { socket_no: 2, mac: '450030700743' },
    ];
    await put([first]);
    const refresh = await gateway.hears(0x0005, 0x08);
    gateway.say(0x0005, '0001 08 01', refresh.serial);
    expect(await taken(1)).toMatchObject([{ socket_no: 1, state: 'pending', port_nos: [1, 2] }]);
    await put([first, second]);
    const add = await gateway.hears(0x0005, 0x09);
    expect(add.body).toContain('450030700743');
    gateway.say(0x0005, '0001 09 01', add.serial);
    expect(await taken(2)).toMatchObject([{ socket_no: 1 }, { socket_no: 2, port_nos: [3, 4] }]);
    gateway.line.close();
  });

  it('A11 A18 YKC, written byte by byte: the totals are those of the record, and a copy changes nothing', async () => {
    const pile = await RawYkcPile.connect(story.installation.devicePort, '32010600019236');
    await pile.logIn();
    await online(pile.pileCode);
    const sessionId = await start(pile.pileCode, 2, 'YKC-RAW', { mode: 4 });
    const order = await pile.hears(0x34);
    const tradeNo = order.slice(0, 32);
    expect(tradeNo).toMatch(new RegExp(`^${pile.pileCode}02\\d{16}$`)); // §3.6
    expect(order.slice(32, 48)).toBe(`${pile.pileCode}02`);
    pile.say(0x33, `${tradeNo} ${pile.pileCode} 02 01 00`);
    const realtime = `03 02 01 dd0e e803 51 ${'00'.repeat(8)} 28 50 0600 3200 a3940000 00000000 c8af0000 0000`;
    pile.say(0x13, `${tradeNo} ${pile.pileCode} 02 ${realtime}`);
    await story.event('charging.started', (event) => event.data.session_id === sessionId);
    // 15:30:05 to 16:42:47.5 of 2025-10-10, 39.8457 kWh, stopped because it was full (0x41).
    const rates = ['e1810200 40e20100 40e20100 70180300', 'c0d40100 c8200300 c8200300 f0c00300'];
    const rest = ['80380100 01000000 01000000 00000000', 'c8af0000 70110100 70110100 0c7b0000'];
    const record = `88131e0f0a0a19 8cb92a100a0a19 ${[...rates, ...rest].join(' ')} 141a99be1c 8d2e9fbe1c
      79140600 79140600 6c540700 ${'00'.repeat(17)} 01 80bb2a100a0a19 41 ${'00'.repeat(8)}`.replaceAll(/\s+/g, ' ');
    for (let copy = 0; copy < 2; copy++) {
      pile.say(0x3b, `${tradeNo} ${pile.pileCode} 02 ${record}`);
      expect(await pile.hears(0x40)).toBe(`${tradeNo}00`);
    }
    const { data } = await completed((event) => event.data.session_id === sessionId);
    expect(data).toMatchObject({ total_energy: 39.8457, third_party_order_no: 'YKC-RAW' });
    pile.line.close();
  });

  it('A12 YKC, written byte by byte: faults come and go one by one, also over a reconnection', async () => {
    const connected = async (): Promise<RawYkcPile> => {
      const pile = await RawYkcPile.connect(story.installation.devicePort, '32010600019239');
      await pile.logIn();
      return pile;
    };
    const first = await connected();
    await online(first.pileCode);
    const idle = (pile: RawYkcPile, faults: string): void => {
      const rest = `02 01 00 0000 0000 00 ${'00'.repeat(8)} 00 00 0000 0000 00000000 00000000 00000000 ${faults}`;
      pile.say(0x13, `${'00'.repeat(16)} ${pile.pileCode} 01 ${rest}`);
    };
    const isMine = (faultType: string) => (event: ReceivedEvent) =>
      event.device_phy_id === first.pileCode && event.data.fault_type === faultType;
    idle(first, '4110'); // 0x1041: emergency stop, meter, door
    for (const fault of ['emergency_stop', 'meter_comm', 'door_open']) await story.event('device.fault', isMine(fault));
    idle(first, '4010');
    await story.event('device.recovered', isMine('emergency_stop'));
    first.line.close();
    const again = await connected();
    idle(again, '0010');
    await story.event('device.recovered', isMine('meter_comm'));
    expect(story.receiver.distinct('device.recovered').filter(isMine('door_open'))).toEqual([]);
    expect(story.receiver.distinct('device.fault').filter(isMine('door_open'))).toHaveLength(1);
    again.line.close();
  });

  it('A11 YKC, written byte by byte: plugged in late, stopped at the pile without energy', async () => {
    const pile = await RawYkcPile.connect(story.installation.devicePort, '32010600019240');
    await pile.logIn();
    await online(pile.pileCode);
    const sessionId = await start(pile.pileCode, 1, 'YKC-LATE', { mode: 4 });
    const tradeNo = (await pile.hears(0x34)).slice(0, 32);
    pile.say(0x33, `${tradeNo} ${pile.pileCode} 01 00 05`); // not plugged in: the pile waits
    pile.say(0x33, `${tradeNo} ${pile.pileCode} 01 01 00`);
    const record = `${'00'.repeat(7).repeat(2)} ${'00'.repeat(64)} ${'00'.repeat(10)} ${'00'.repeat(12)}
      ${'00'.repeat(17)} 01 ${'00'.repeat(7)} 52 ${'00'.repeat(8)}`.replaceAll(/\s+/g, ' ');
    pile.say(0x3b, `${tradeNo} ${pile.pileCode} 01 ${record}`); // BMS not ready, nothing delivered
    expect(await pile.hears(0x40)).toBe(`${tradeNo}00`);
    const isMine = (event: ReceivedEvent): boolean => event.data.session_id === sessionId;
    expect((await story.event('charging.failed', isMine)).data).toMatchObject({ reason: 'bms_not_ready' });
    expect(story.receiver.distinct('charging.started').filter(isMine)).toEqual([]);
    pile.line.close();
  });

  it('A11 A16 OCPP 2.0.1, by an independent client: by order, and offline, out of order and twice', async () => {
    const station = await OcppStation.connect(story.installation.stationPort, 'E2E-201');
    stations.push(station);
    station.answers('RequestStartTransaction', () => ({ status: 'Accepted' }));
    station.answers('RequestStopTransaction', () => ({ status: 'Accepted' }));
    await station.boots();
    await online('E2E-201');
    for (const evseId of [1, 2]) await station.plugs(evseId);
    const sessionId = await start('E2E-201', 1, 'OCPP-201', { mode: 4 });
    const { remoteStartId, idToken } = await station.wasAsked('RequestStartTransaction');
    const mine = { transactionId: 'e2e-tx-1', remoteStartId, chargingState: 'Charging' };
    const begun = await station.steps('Started', 0, mine, 10_000, { idToken, triggerReason: 'RemoteStart' });
    expect(begun).toEqual({ idTokenInfo: { status: 'Accepted' } });
    await story.event('charging.started', (event) => event.data.session_id === sessionId);
    await station.steps('Updated', 1, { transactionId: 'e2e-tx-1' }, 11_500);
    const stop = { port_no: 1, reason: 'user_stop', third_party_order_no: 'OCPP-201' };
    expect((await story.platform.post('/api/third/devices/E2E-201/charge/stop', stop)).body.code).toBe(0);
    expect(await station.wasAsked('RequestStopTransaction')).toEqual({ transactionId: 'e2e-tx-1' });
    const ends = { transactionId: 'e2e-tx-1', stoppedReason: 'Remote' };
    for (let copy = 0; copy < 2; copy++) await station.steps('Ended', 2, ends, 12_345);
    const ordered = await completed((event) => event.data.session_id === sessionId);
    expect(ordered.data).toMatchObject({ total_energy: 2.345, end_reason: 'user_stop' });

    // By card while the station was away: the end comes first, and everything comes twice.
    const away = { offline: true, evse: { id: 2, connectorId: 1 } };
    const card = { ...away, idToken: { idToken: '04A2B3C4', type: 'ISO14443' }, triggerReason: 'Authorized' };
    for (let copy = 0; copy < 2; copy++) {
      await station.steps('Ended', 2, { transactionId: 'e2e-tx-2', stoppedReason: 'EVDisconnected' }, 900, away);
      await station.steps('Updated', 1, { transactionId: 'e2e-tx-2', chargingState: 'Charging' }, 400, away);
      await station.steps('Started', 0, { transactionId: 'e2e-tx-2' }, 100, card);
    }
    const isMine = ({ device_phy_id, data }: ReceivedEvent): boolean =>
      device_phy_id === 'E2E-201' && data.port_no === 2;
    expect((await completed(isMine)).data).toMatchObject({ total_energy: 0.8, end_reason: 'unplugged' });
    expect(story.receiver.distinct('charging.started').filter(isMine)).toHaveLength(1);
  });

  it('A11 A16 OCPP 1.6, by an independent client: by order, and a whole session that was kept while it was away', async () => {
    const station = await OcppStation.connect(story.installation.stationPort, 'E2E-16', 'ocpp1.6');
    stations.push(station);
    station.answers('GetConfiguration', () => ({ configurationKey: [], unknownKey: [] }));
    station.answers('RemoteStartTransaction', () => ({ status: 'Accepted' }));
    station.answers('RemoteStopTransaction', () => ({ status: 'Accepted' }));
    await station.says('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'M-16' });
    await online('E2E-16');
    for (const connectorId of [1, 2])
      await station.says('StatusNotification', { connectorId, errorCode: 'NoError', status: 'Preparing' });
    const nowMs = Date.now();
    const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();
    const reads = (transactionId: unknown, wh: number, seconds: number) =>
      station.says('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [{ timestamp: ago(seconds), sampledValue: [{ value: String(wh / 1000), unit: 'kWh' }] }],
      });
    const sessionId = await start('E2E-16', 1, 'OCPP-16', { mode: 4 });
    const { idTag } = await station.wasAsked('RemoteStartTransaction');
    const begun = { connectorId: 1, idTag, meterStart: 10_000, timestamp: ago(5) };
    const { transactionId } = await station.says('StartTransaction', begun);
    expect(await station.says('StartTransaction', begun)).toMatchObject({ transactionId }); // our answer was lost
    await story.event('charging.started', (event) => event.data.session_id === sessionId);
    await reads(transactionId, 11_500, 3);
    const stop = { port_no: 1, reason: 'user_stop', third_party_order_no: 'OCPP-16' };
    expect((await story.platform.post('/api/third/devices/E2E-16/charge/stop', stop)).body.code).toBe(0);
    expect(await station.wasAsked('RemoteStopTransaction')).toEqual({ transactionId });
    const ends = { transactionId, meterStop: 12_345, timestamp: ago(0), reason: 'Remote' };
    for (let copy = 0; copy < 2; copy++) expect(await station.says('StopTransaction', ends)).toEqual({});
    const ordered = await completed((event) => event.data.session_id === sessionId);
    expect(ordered.data).toMatchObject({ total_energy: 2.345, end_reason: 'user_stop' });

    const kept = { connectorId: 2, idTag: '04A2B3C4', meterStart: 100, timestamp: ago(7_200) };
    const away = await station.says('StartTransaction', kept);
    const end = { ...ends, transactionId: away.transactionId, meterStop: 900, timestamp: ago(3_600) };
    for (let copy = 0; copy < 2; copy++) await station.says('StopTransaction', { ...end, reason: 'EVDisconnected' });
    const isMine = ({ device_phy_id, data }: ReceivedEvent): boolean =>
      device_phy_id === 'E2E-16' && data.port_no === 2;
    expect((await completed(isMine)).data).toMatchObject({
      total_energy: 0.8,
      end_reason: 'unplugged',
      total_duration: 3_600,
    });
    expect(story.receiver.distinct('charging.started').filter(isMine)).toHaveLength(1);
  });

  it('A17 A18 A19 shows the frames of a device with their decoding, counts them, and simulates what it could say', async () => {
    const phyId = '04AB3777';
    const device = await RawDevice.connect(story.installation.devicePort, phyId);
    await device.register();
    await story.event('device.online', (event) => event.device_phy_id === phyId);
    const frames = await eventually(async () => {
      const { body } = await story.platform.get<{ items: Record<string, unknown>[] }>(
        `/api/third/devices/${phyId}/frames?order=asc`,
      );
      expect(body.data.items.length).toBeGreaterThanOrEqual(2);
      return body.data.items;
    });
    expect(frames[0]).toMatchObject({ direction: 'up', message: '20', name: 'registration', ok: true });
    expect(frames.find(({ direction }) => direction === 'down')).toMatchObject({
      message: '20',
      fields: { result: 0 },
    });
    await story.platform.post(`/api/third/devices/${phyId}/simulate`, { event: 'start', port_no: 1 });
    const isMine = (event: ReceivedEvent): boolean => event.device_phy_id === phyId;
    expect(await story.event('charging.started', isMine)).toMatchObject({ simulated: true });
    await story.platform.post(`/api/third/devices/${phyId}/simulate`, {
      event: 'stop',
      port_no: 1,
      energy: 1.25,
      duration: 600,
      end_reason: 'full',
    });
    const ended = await completed(({ device_phy_id }) => device_phy_id === phyId);
    expect(ended).toMatchObject({ simulated: true, data: { total_energy: 1.25, end_reason: 'fully_charged' } });
    await eventually(async () => {
      const { body } = await story.platform.get<{ items: unknown[] }>(`/api/third/protocol/stats?phy_id=${phyId}`);
      expect(body.data.items).toMatchObject([{ protocol: 'ap3000', devices: 1, rejected: 0, error_rate: 0 }]);
    }, 20_000);
    device.close();
  });

  it('I20 signs every delivery and sends no event twice', () => {
    expect(story.receiver.problems).toEqual([]);
    const terminal = story.receiver.distinct('charging.completed').map(({ data }) => data.session_id);
    expect(new Set(terminal).size).toBe(terminal.length);
  });
});
