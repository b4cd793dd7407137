import { Ap3000Bench } from './ap3000-bench';

const HEARTBEAT_S = 180;

/** Seconds at which frames of a command arrived are not kept, so intervals are counted over a long time. */
const countOver = (bench: Ap3000Bench, command: string, seconds: number): number => {
  const before = bench.platform.framesOf(command).length;
  bench.advanceS(seconds);
  return bench.platform.framesOf(command).length - before;
};

describe('AP3000 device: start-up', () => {
  it('A20 sends ICCID, registration, time request and heartbeats in this order', () => {
    const bench = new Ap3000Bench({ firstDeviceNo: 13_544_000 }).connect();
    bench.advanceS(5);
    expect(bench.device.deviceId).toBe('04CEAA40');
    expect(bench.platform.tokens).toEqual(['89860400000013544000']);
    expect(bench.platform.frames.map(({ command }) => command)).toEqual(['20', '22', '01', '21']);
    expect(bench.platform.last('20')).toEqual({
      firmwareVersion: 640,
      portCount: 2,
      virtualId: 0,
      deviceType: 0x31,
      workMode: 6,
    });
    expect(bench.platform.last('21')).toMatchObject({ portCount: 2, portStatuses: [0, 0] });
    expect(bench.device.registered).toBe(true);
  });

  it('A20 sends the power board version where the model has one', () => {
    const bench = new Ap3000Bench({ model: 'ten-port' }).connect();
    expect(bench.device.deviceId).toMatch(/^05/);
    expect(bench.platform.last('20')).toMatchObject({ portCount: 10, powerBoardVersion: 103 });
  });

  it('A20 repeats an unanswered registration every heartbeat period', () => {
    const bench = new Ap3000Bench();
    bench.platform.silentOn.add('20');
    bench.connect();
    bench.advanceS(40);
    const [first, again] = bench.platform.framesOf('20');
    expect(again?.bytes).toEqual(first?.bytes); // after 15 s, same id
    expect(bench.platform.framesOf('20')).toHaveLength(2);
    bench.platform.silentOn.clear();
    bench.advanceS(HEARTBEAT_S);
    expect(bench.platform.framesOf('20')).toHaveLength(3);
    expect(bench.platform.framesOf('20')[2]?.messageId).not.toBe(first?.messageId);
    expect(bench.device.registered).toBe(true);
  });

  it('A20 announces itself again when asked with 81, with its own message ids', () => {
    const bench = new Ap3000Bench().connect();
    bench.advanceS(10);
    bench.platform.frames.length = 0;
    bench.platform.order(bench.device.deviceId, '81', {});
    expect(bench.platform.frames).toEqual([]);
    bench.advanceS(2);
    expect(bench.platform.frames.map(({ command }) => command)).toEqual(['20', '01', '21']);
  });
});

describe('AP3000 device: heartbeats', () => {
  it('A20 beats every 180 s, never quite on the second', () => {
    const bench = new Ap3000Bench().connect();
    bench.advanceS(10);
    const beats = countOver(bench, '21', 100 * HEARTBEAT_S);
    expect(beats).toBeGreaterThanOrEqual(97);
    expect(beats).toBeLessThanOrEqual(103);
  });

  it('A20 does not beat together with its neighbour', () => {
    const beatTimes = (seed: number): number[] => {
      const bench = new Ap3000Bench({}, { seed }).connect();
      const times: number[] = [];
      for (let second = 0; second < 1000; second++) if (countOver(bench, '21', 1) > 0) times.push(second);
      return times;
    };
    expect(beatTimes(1)).not.toEqual(beatTimes(2));
  });

  it('A20 follows the interval that 83 sets', () => {
    const bench = new Ap3000Bench().connect();
    bench.advanceS(10);
    bench.platform.order(bench.device.deviceId, '83', {
      unplugPowerW: 0.3,
      unplugTimeS: 10,
      floatPercent: 20,
      floatDetectS: 1800,
      floatDurationS: 3600,
      heartbeatIntervalS: 30,
    });
    expect(countOver(bench, '21', 3000)).toBeGreaterThanOrEqual(95);
  });

  it('A20 keeps one heartbeat however often the line breaks', () => {
    const bench = new Ap3000Bench().connect();
    for (let times = 0; times < 20; times++) {
      bench.advanceS(7);
      bench.disconnect();
      bench.advanceS(3);
      bench.connect();
    }
    bench.advanceS(10);
    expect(countOver(bench, '21', 10 * HEARTBEAT_S)).toBeLessThanOrEqual(11);
    expect(countOver(bench, '20', 10 * HEARTBEAT_S)).toBe(0);
    expect(bench.statistics.registered).toBe(1);
  });

  it('A20 retransmits an unanswered heartbeat once, after 15 s, with the same id', () => {
    const bench = new Ap3000Bench().connect();
    bench.platform.silentOn.add('21');
    bench.advanceS(HEARTBEAT_S / 2);
    const [first, again, ...more] = bench.platform.framesOf('21');
    expect(more).toEqual([]);
    expect(again?.bytes).toEqual(first?.bytes);
    expect(bench.statistics).toMatchObject({ retransmissions: 1, unanswered: 1 });
  });

  it('A20 sends `link` after 30 s without a byte from its side', () => {
    const bench = new Ap3000Bench().connect();
    bench.advanceS(170);
    const links = bench.platform.tokens.filter((token) => token === 'link');
    expect(links).toHaveLength(5);
  });

  it('A20 shows plugged, charging, finished and broken ports', () => {
    const bench = new Ap3000Bench({ model: 'ten-port' }).connect();
    const { device } = bench;
    bench.advanceS(10);
    device.plugIn(2);
    device.plugIn(3, { powerW: 200, needWh: 5000 });
    device.startLocally(3, { by: 'card' });
    device.plugIn(4);
    device.startLocally(4, { by: 'code', durationS: 60 });
    device.setFault(5, 0x10);
    bench.advanceS(60);
    device.heartbeat();
    expect(bench.platform.last('21').portStatuses).toEqual([0, 2, 1, 3, 0x10, 0, 0, 0, 0, 0]);
    device.setFault(5, null);
    device.heartbeat();
    expect(bench.platform.last('21').portStatuses[4]).toBe(0);
  });
});

describe('AP3000 device of the old generation', () => {
  it('A20 speaks 01 instead of 20 and 21, and gives up after three', () => {
    const bench = new Ap3000Bench({ model: 'old-dual' }).connect();
    bench.advanceS(2 * HEARTBEAT_S);
    expect(bench.platform.frames.map(({ command }) => command)).toEqual(['01', '01', '01']);
    expect(bench.device.registered).toBe(false);
  });

  it('A20 goes on with 01 once it is answered', () => {
    const bench = new Ap3000Bench({ model: 'old-dual' });
    bench.platform.answers['01'] = () => ({ result: 0 });
    bench.connect();
    expect(bench.device.registered).toBe(true);
    expect(countOver(bench, '01', 10 * HEARTBEAT_S)).toBeGreaterThanOrEqual(9);
  });
});
