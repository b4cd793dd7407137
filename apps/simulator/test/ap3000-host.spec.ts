import { Ap3000Bench } from './ap3000-bench';
import { orderHexOf, startOrder } from './fake-platform';

const VEHICLE = { powerW: 200, needWh: 500 };

function connected(topology: 'host' | 'combined', devices = 3): Ap3000Bench {
  const bench = new Ap3000Bench({ topology }, { devices }).connect();
  bench.advanceS(60);
  return bench;
}

describe('AP3000 host with slaves', () => {
  it('A20 carries its slaves over one connection, under their own ids', () => {
    const bench = connected('host');
    const ids = bench.endpoint.devices.map(({ deviceId }) => deviceId);
    expect(bench.platform.tokens.filter((token) => token.startsWith('8986'))).toHaveLength(1);
    expect(bench.platform.framesOf('20').map(({ physicalId }) => physicalId)).toEqual(ids);
    expect(bench.platform.of('20').map(({ virtualId }) => virtualId)).toEqual([10, 11, 12]);
    expect(bench.statistics.registered).toBe(3);
  });

  it('A20 speaks for itself with 12, 11, 35, 17 and 3B under the id of a host', () => {
    const bench = connected('host');
    const hostFrames = bench.platform.frames.filter(({ physicalId }) => physicalId.startsWith('09'));
    expect(hostFrames.map(({ command }) => command)).toEqual(['12', '11', '35', '17', '3B']);
    expect(bench.platform.last('11')).toMatchObject({ iccid: bench.platform.tokens[0], hostType: 4 });
    expect(bench.platform.last('35')).toMatchObject({
      count: 1,
      entries: [{ deviceType: 0x31, lowestFirmwareVersion: 640 }],
    });
  });

  it('A20 takes a 3A frame with the id of its 3B as the answer, and any other as an order', () => {
    const bench = new Ap3000Bench({ topology: 'host' }).connect();
    bench.advanceS(31);
    const [request] = bench.platform.framesOf('3B');
    const fsk = { frequencyMHz: 489, reservedHex: '000000', slaveCount: 0, slaves: [] };
    bench.platform.order(request!.physicalId, '3A', fsk, request!.messageId);
    expect(bench.platform.of('3A')).toEqual([]);
    bench.platform.order(request!.physicalId, '3A', fsk);
    expect(bench.platform.of('3A')).toEqual([{ result: 0 }]);
    bench.advanceS(1800);
    expect(bench.platform.last('11').frequencyMHz).toBe(489);
  });

  it('A20 hands orders to the slave they are for', () => {
    const bench = connected('host');
    const slave = bench.endpoint.devices[1]!;
    slave.plugIn(2, VEHICLE);
    bench.platform.order(slave.deviceId, '82', startOrder({ orderHex: orderHexOf(9), port: 1 }));
    expect(slave.portState(2)).toBe('charging');
    expect(bench.platform.framesOf('82').map(({ physicalId }) => physicalId)).toEqual([slave.deviceId]);
  });

  it('A20 answers for a slave that it no longer hears', () => {
    const bench = connected('host');
    const slave = bench.endpoint.devices[1]!;
    slave.setReachable(false);
    bench.platform.frames.length = 0;
    bench.platform.order(slave.deviceId, '82', startOrder({ orderHex: orderHexOf(9) }));
    bench.platform.order(slave.deviceId, '96', { seconds: 1 });
    bench.advanceS(600);
    expect(bench.platform.framesOf('82').map(({ fields }) => fields)).toEqual([{ result: 0x0e }]);
    expect(bench.platform.frames.filter(({ physicalId }) => physicalId === slave.deviceId)).toHaveLength(1);
    slave.setReachable(true);
    expect(bench.platform.framesOf('20', slave.deviceId)).toHaveLength(1);
  });

  it('A20 lets a slave restart alone and the host with everyone', () => {
    const bench = connected('host');
    const slave = bench.endpoint.devices[1]!;
    bench.platform.order(slave.deviceId, '87', {});
    expect(bench.cuts).toEqual([]);
    expect(slave.registered).toBe(false);
    bench.advanceS(6);
    expect(bench.platform.framesOf('20', slave.deviceId)).toHaveLength(2);
    const host = bench.platform.framesOf('11')[0]!.physicalId;
    bench.platform.order(host, '31', {});
    expect(bench.platform.of('31')).toEqual([{ result: 0 }]);
    bench.advanceS(2);
    expect(bench.cuts).toHaveLength(1);
  });

  it('A20 takes firmware for itself with FA', () => {
    const bench = connected('host');
    const host = bench.platform.framesOf('11')[0]!.physicalId;
    bench.platform.order(host, 'FA', {});
    bench.platform.order(host, 'FA', { totalPackets: 1, packet: 1, chunkHex: '11'.repeat(200) });
    expect(bench.platform.of('FA')).toEqual([
      { result: 0, packet: 0 },
      { result: 0, packet: 1 },
    ]);
    bench.advanceS(20);
    expect(bench.platform.last('11').firmwareVersion).toBe(617);
  });
});

describe('AP3000 combined host', () => {
  it('A20 speaks in both roles under the id of its socket, with two message counters', () => {
    const bench = connected('combined');
    const [socket] = bench.endpoint.devices;
    expect(bench.platform.framesOf('11')[0]?.physicalId).toBe(socket?.deviceId);
    expect(bench.platform.last('11').hostType).toBe(0x55);
    const ids = (commands: readonly string[]): number[] =>
      bench.platform.frames
        .filter(({ physicalId, command }) => physicalId === socket?.deviceId && commands.includes(command))
        .map(({ messageId }) => messageId);
    const [firstHost = 0] = ids(['12']);
    const [firstDevice = 0] = ids(['20']);
    expect(ids(['12', '11', '35'])).toEqual([firstHost, firstHost + 1, firstHost + 2]);
    expect(ids(['20', '22', '01', '21'])).toEqual([0, 1, 2, 3].map((step) => firstDevice + step));
    expect(bench.statistics).toMatchObject({ surplusAnswers: 0, unanswered: 0 });
  });

  it('A20 charges and obeys host orders under one id', () => {
    const bench = connected('combined');
    const socket = bench.endpoint.devices[0]!;
    socket.plugIn(1, VEHICLE);
    bench.platform.order(socket.deviceId, '82', startOrder({ orderHex: orderHexOf(3) }));
    bench.platform.order(socket.deviceId, '33', {});
    expect(bench.platform.last('82').result).toBe(0);
    expect(bench.platform.last('33').result).toBe(0);
  });
});
