import type { OcppVersion } from '../src';
import { FakeCsms } from './fake-csms';

const VEHICLE = { powerW: 10_000, needWh: 5_000 };
const VERSIONS: readonly OcppVersion[] = ['ocpp1.6', 'ocpp2.0.1'];
const START = {
  'ocpp1.6': ['RemoteStartTransaction', { connectorId: 1, idTag: 'ORDER-1' }],
  'ocpp2.0.1': [
    'RequestStartTransaction',
    { evseId: 1, remoteStartId: 7, idToken: { idToken: 'ORDER-1', type: 'Central' } },
  ],
} as const;

describe.each(VERSIONS)('%s station', (version) => {
  const booted = (options = {}): FakeCsms => new FakeCsms(version, options).connect();

  it('A20 boots, reports every connector and beats at the interval that it was given', () => {
    const csms = booted().advanceS(200);
    expect(csms.station.registered).toBe(true);
    expect(csms.calls.slice(0, 3).map(({ action }) => action)).toEqual([
      'BootNotification',
      'StatusNotification',
      'StatusNotification',
    ]);
    expect(csms.of('Heartbeat').length).toBeGreaterThanOrEqual(3);
  });

  it('A20 says nothing but its boot until it is accepted', () => {
    const csms = new FakeCsms(version);
    csms.registration = 'Pending';
    csms.connect().advanceS(25);
    expect(new Set(csms.calls.map(({ action }) => action))).toEqual(new Set(['BootNotification']));
    csms.registration = 'Accepted';
    csms.advanceS(60);
    expect(csms.of('StatusNotification')).toHaveLength(2);
  });

  it('A20 sets a wrong clock by the first answer', () => {
    const csms = booted({ clockErrorMs: -86_400_000 * 400 });
    csms.station.plugIn(1, VEHICLE);
    const times = csms.advanceS(1).of('StatusNotification');
    expect(times.at(-1)?.timestamp).toMatch(/^2026-01-02T03:04/);
  });

  it('A20 starts by order once the plug is in, meters, and stops by order', () => {
    const csms = booted();
    const [action, payload] = START[version];
    expect(csms.order(action, payload)).toMatchObject({ status: 'Accepted' });
    expect(csms.station.portState(1)).toBe('idle');
    csms.station.plugIn(1, VEHICLE);
    csms.advanceS(180);
    expect(csms.station.portState(1)).toBe('charging');
    const id = version === 'ocpp1.6' ? 100 : infoOf(csms.of('TransactionEvent')[0]).transactionId;
    const stop = version === 'ocpp1.6' ? 'RemoteStopTransaction' : 'RequestStopTransaction';
    expect(csms.order(stop, { transactionId: id })).toMatchObject({ status: 'Accepted' });
    csms.advanceS(1);
    expect(csms.station.ledger.charges).toMatchObject([{ energyWh: 500, acknowledged: true, source: 'platform' }]);
    expect(csms.order(stop, { transactionId: id })).toMatchObject({ status: 'Rejected' });
  });

  it('A20 keeps the messages of an offline charge, in order, and repeats the one that had no answer', () => {
    const csms = booted();
    csms.disconnect();
    csms.station.plugIn(1, VEHICLE);
    csms.station.swipeCard(1, '04A2B3C4');
    csms.advanceS(600);
    csms.station.unplug(1);
    expect(csms.station.ledger.unsettled).toHaveLength(1);
    const last = version === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent';
    csms.silentOn.add(last);
    csms.connect().advanceS(10);
    csms.disconnect();
    csms.silentOn.clear();
    csms.connect().advanceS(10);
    expect(csms.station.ledger.unsettled).toEqual([]);
    if (version === 'ocpp1.6') {
      expect(csms.of('StopTransaction')).toHaveLength(2);
      expect(csms.of('StopTransaction')[1]).toMatchObject({ transactionId: 100, idTag: '04A2B3C4' });
    } else {
      const seqNos = csms.of('TransactionEvent').map(({ seqNo }) => seqNo);
      expect(seqNos.slice(0, 2)).toEqual([0, 0]);
      expect([...seqNos.slice(1)]).toEqual([...seqNos.slice(1)].sort((a, b) => Number(a) - Number(b)));
      expect(csms.of('TransactionEvent').every(({ offline }) => offline === true)).toBe(true);
    }
  });

  it('A20 ends what it began with a card that the platform then refuses, and says so', () => {
    const csms = booted();
    csms.cards = 'Invalid';
    csms.station.plugIn(1, VEHICLE);
    expect(csms.station.startLocally(1, { by: 'card' })).toBe(true);
    csms.advanceS(1);
    expect(csms.station.portState(1)).toBe('finished');
    const reason =
      version === 'ocpp1.6'
        ? csms.of('StopTransaction')[0]?.reason
        : infoOf(csms.of('TransactionEvent').at(-1)).stoppedReason;
    expect(reason).toBe('DeAuthorized');
  });

  it('A20 tells late how its firmware goes, the last word after the restart', () => {
    const csms = booted({ firmwareAfterMs: 300_000 });
    const location = 'ftp://10.0.0.1/v2.0.0.bin';
    csms.order('UpdateFirmware', { requestId: 5, location, retrieveDate: '', firmware: { location } });
    csms.advanceS(400);
    const states = csms.of('FirmwareStatusNotification').map(({ status }) => status);
    expect(states).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed']);
    expect(csms.station.firmwareVersion).toBe('v2.0.0');
    expect(csms.of('BootNotification')).toHaveLength(2);
  });

  it('A20 answers what it does not know with NotImplemented', () => {
    expect(booted().order('MakeCoffee', {})).toEqual({ error: 'NotImplemented' });
  });
});

const infoOf = (event: Readonly<Record<string, unknown>> | undefined) =>
  event?.transactionInfo as { readonly transactionId: string; readonly stoppedReason?: string };
