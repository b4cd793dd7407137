import { simulateCommand } from './options';
import type { SimulateOptions } from './options';

async function parse(line: string): Promise<{ readonly options?: SimulateOptions; readonly output: string }> {
  let options: SimulateOptions | undefined;
  let output = '';
  const write = (text: string): void => {
    output += text;
  };
  const command = simulateCommand((given) => {
    options = given;
    return Promise.resolve();
  })
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write });
  await command.parseAsync(line.split(' ').filter(Boolean), { from: 'user' }).catch(() => undefined);
  return options === undefined ? { output } : { options, output };
}

describe('simulate command line', () => {
  it('A20 runs without any option', async () => {
    expect((await parse('')).options).toEqual({
      protocol: 'ap3000',
      target: { host: '127.0.0.1', port: 7000 },
      devices: 10,
      ramp: 50,
      scenario: 'charging',
      rate: 1000,
      seed: 1,
      speed: 1,
      model: 'dual',
      topology: 'direct',
      slaves: 10,
      firstDevice: 1_000_000,
      sockets: 2,
      guns: 2,
      password: null,
      tls: false,
      ca: null,
      cert: null,
      key: null,
      current: 'dc',
      heartbeat: null,
      reportEvery: null,
      fault: {},
      storm: null,
      localAddress: [],
      duration: null,
      settle: false,
      statistics: 1,
      ledger: null,
    });
  });

  it('A20 reads the line of the manual', async () => {
    const line = '--protocol ap3000 --devices 500 --ramp 50/s --scenario charging --target charge.example.com:7000';
    expect((await parse(line)).options).toMatchObject({
      devices: 500,
      ramp: 50,
      scenario: 'charging',
      target: { host: 'charge.example.com', port: 7000 },
    });
  });

  it.each<[string, Partial<SimulateOptions>]>([
    ['--target 7001', { target: { host: '127.0.0.1', port: 7001 } }],
    ['--target [::1]:7001', { target: { host: '::1', port: 7001 } }],
    ['--duration 1h --heartbeat 3m --statistics 500ms', { duration: 3600, heartbeat: 180, statistics: 0.5 }],
    ['--fault split=0.2 --fault cut=0.001', { fault: { split: 0.2, cut: 0.001 } }],
    ['--storm 60s:0.5', { storm: { everyS: 60, share: 0.5 } }],
    ['--storm 2m', { storm: { everyS: 120, share: 1 } }],
    ['--first-device 04CEAA40', { firstDevice: 13_544_000 }],
    ['--local-address 127.0.0.2,127.0.0.3', { localAddress: ['127.0.0.2', '127.0.0.3'] }],
    ['--scenario progress-load --rate 15000/s --model ten-port', { rate: 15_000, model: 'ten-port' }],
  ])('A20 understands %s', async (line, expected) => {
    expect((await parse(line)).options).toMatchObject(expected);
  });

  it.each([
    ['--devices many', 'A whole number from 1 to 100000 is needed.'],
    ['--devices 0', 'A whole number from 1 to 100000 is needed.'],
    ['--target nowhere', 'An address is needed, such as 127.0.0.1:7000.'],
    ['--target 127.0.0.1:70000', 'An address is needed'],
    ['--ramp fast', 'A rate is needed, such as 50/s.'],
    ['--speed 0', 'A number from 0.1 to 10000 is needed.'],
    ['--duration soon', 'A time is needed, such as 90s, 3m or 1h.'],
    ['--fault fire=1', 'There is no fault "fire". Known: cut, split'],
    ['--fault cut=2', '"cut=2" is not name=chance'],
    ['--storm 60s:3', 'A number from 0 to 1 is needed.'],
    ['--scenario party', 'Allowed choices are idle, charging, card, mixed, progress-load.'],
    ['--first-device 99999999', 'A device number from 1 to 16777215'],
    ['--scenario progress-load --model old-dual', 'old-dual devices send no progress reports'],
    ['--model ten-port --first-device 16777210 --devices 10', 'beyond 16777215'],
    ['extra', 'too many arguments'],
  ])('A20 refuses %s with a message that says what is wrong', async (line, message) => {
    const { options, output } = await parse(line);
    expect(options).toBeUndefined();
    expect(output).toContain(message);
  });

  it('A20 explains scenarios, models and faults in its help', async () => {
    const { output } = await parse('--help');
    for (const name of ['progress-load', 'sixteen-port', 'duplicateSettlements', 'npm run simulate --']) {
      expect(output).toContain(name);
    }
  });
});
