import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simulateCommand } from '../src/cli/options';
import type { SimulateOptions } from '../src/cli/options';
import { simulate } from '../src/cli/simulate';
import type { LedgerCharge } from '../src';
import { FakeGateway } from './fake-gateway';

describe('simulate', () => {
  let gateway: FakeGateway;
  const folder = mkdtempSync(path.join(tmpdir(), 'simulate-'));
  const stop = (afterMs: number): AbortSignal => AbortSignal.timeout(afterMs);

  beforeEach(async () => {
    gateway = await FakeGateway.listen();
  });
  afterEach(() => gateway.close());
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(line: string, stopped = stop(60_000)): Promise<{ settled: boolean; lines: string[] }> {
    let options: SimulateOptions | undefined;
    const command = simulateCommand((given) => {
      options = given;
      return Promise.resolve();
    });
    await command.parseAsync(`--target ${gateway.port} --ramp 0 ${line}`.split(' '), { from: 'user' });
    const lines: string[] = [];
    const settled = await simulate(options!, { write: (text) => lines.push(text) }, stopped);
    return { settled, lines };
  }

  it('A20 Y20 runs a scenario, settles everything and writes the ledgers', async () => {
    const file = path.join(folder, 'ledger.json');
    const line = `--devices 10 --scenario card --speed 600 --duration 2s --settle --ledger ${file}`;
    const { settled, lines } = await run(line);
    expect(settled).toBe(true);
    expect(lines.at(-1)).toContain('connected 10/10, registered 10, charging 0');
    const ledgers = JSON.parse(readFileSync(file, 'utf8')) as { deviceId: string; charges: LedgerCharge[] }[];
    const charges = ledgers.flatMap((ledger) => ledger.charges);
    expect(charges.length).toBeGreaterThan(0);
    for (const { orderHex, energyRaw, durationS, acknowledged } of charges) {
      expect(acknowledged).toBe(true);
      const settlement = gateway.of('03').find((each) => each.orderHex === orderHex);
      expect(Math.round((settlement?.energyKwh ?? -1) * 100)).toBe(energyRaw);
      expect(settlement?.durationS).toBe(durationS);
    }
  });

  it('A20 ends when it is interrupted', async () => {
    const { settled, lines } = await run('--devices 3 --scenario idle', stop(200));
    expect(settled).toBe(true);
    expect(lines.at(-1)).toContain('connected 3/3');
  });

  it('A20 strikes with storms', async () => {
    await run('--devices 5 --scenario idle --storm 300ms --duration 1s');
    expect(gateway.connections.length).toBeGreaterThan(10);
  });

  it('A20 says why nothing connects', async () => {
    const { port } = gateway;
    await gateway.close();
    const { lines } = await run('--devices 2 --scenario idle --duration 300ms');
    expect(lines.at(-1)).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
    gateway = await FakeGateway.listen();
  });
});
