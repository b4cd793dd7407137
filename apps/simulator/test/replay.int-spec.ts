import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { replayCommand } from '../src/cli/options';
import type { ReplayOptions } from '../src/cli/options';
import { replay } from '../src/replay/replay';

const HEAD = { format: 'chargebus-capture', version: 1, phy_id: 'CP 1' };
const line = (fields: object): object => ({
  at: '2026-01-13T10:00:00.000Z',
  direction: 'up',
  protocol: 'ap3000',
  hex: null,
  text: null,
  cut: false,
  ...fields,
});

describe('simulate replay', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'replay-'));
  const file = path.join(folder, 'capture.jsonl');
  let server: Server;
  let stations: WebSocketServer;
  let heard = '';

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        heard += data.toString('hex');
        socket.write('ok');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stations = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false });
    stations.on('connection', (socket, request) => {
      heard += `${request.url ?? ''} ${socket.protocol}`;
      socket.on('message', (data: Buffer) => (heard += ` ${data.toString()}`));
    });
  });
  beforeEach(() => (heard = ''));
  afterAll(() => {
    server.close();
    stations.close();
    rmSync(folder, { recursive: true });
  });

  async function run(lines: readonly object[], port: number): Promise<{ ended: boolean; said: string }> {
    writeFileSync(file, lines.map((one) => JSON.stringify(one)).join('\n'));
    let options: ReplayOptions | undefined;
    const command = replayCommand((given) => {
      options = given;
      return Promise.resolve();
    });
    await command.parseAsync(['--file', file, '--to', port.toString(), '--max-gap', '10ms'], { from: 'user' });
    let said = '';
    const ended = await replay(options!, { write: (text) => (said += text) }, AbortSignal.timeout(10_000));
    return { ended, said };
  }

  it('A18 sends what the device sent, in its order, and nothing that was cut or came from us', async () => {
    const lines = [
      HEAD,
      line({ hex: '0102' }),
      line({ hex: 'ffff', direction: 'down' }),
      line({ hex: '03', at: '2026-01-13T11:00:00.000Z' }),
      line({ hex: '04', cut: true }),
    ];
    const { ended, said } = await run(lines, (server.address() as AddressInfo).port);
    expect(ended).toBe(true);
    expect(heard).toBe('010203');
    expect(said).toMatch(/CP 1 \(ap3000\): 2 frames sent, 1 left out; \d+ bytes heard/);
  });

  it('A18 speaks to the WebSocket door with the calls of a station', async () => {
    const lines = [
      HEAD,
      line({ protocol: 'ocpp1.6', text: '[2,"a","Heartbeat",{}]' }),
      line({ protocol: 'ocpp1.6', text: '[3,"b",{}]' }),
    ];
    await run(lines, (stations.address() as AddressInfo).port);
    expect(heard).toBe('/ocpp/CP%201 ocpp1.6 [2,"a","Heartbeat",{}]');
  });

  it('A18 says which line is none of a capture', async () => {
    await expect(run([HEAD, { at: 'yesterday' }], 1)).rejects.toThrow('line 2');
  });
});
