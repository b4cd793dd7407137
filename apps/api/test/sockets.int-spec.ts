import type { DeviceId } from '@chargebus/domain';
import { GetSockets, PutSockets } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import { aCommand } from './fixtures';

const SOCKETS = '/api/third/devices/86004459453005/sockets';
const network = {
  deviceId: '86004459453005' as DeviceId,
  channel: 4,
  sockets: [{ socketNo: 1, mac: '450030700247', uid: null, state: 'online' as const, portNos: [1, 2] }],
  plannedBy: null,
};

describe('sockets over HTTP', () => {
  let api: ApiUnderTest;
  const puts: RequestOf<typeof PutSockets>[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    api.others.answer(GetSockets, () => Promise.resolve(network));
    api.others.answer(PutSockets, (request) => {
      puts.push(request);
      const nodes = [{ socketNo: 1, mac: '450030700247' }];
      const command = aCommand({ status: 'queued', command: { kind: 'network.refresh', channel: 4, nodes } });
      return Promise.resolve({ network: { ...network, plannedBy: command.commandId }, command });
    });
  });
  afterAll(() => api.stop());

  it('A03 shows the sockets of a network', async () => {
    expect((await api.call('GET', SOCKETS)).body.data).toEqual({
      phy_id: '86004459453005',
      channel: 4,
      sockets: [{ socket_no: 1, mac: '450030700247', uid: null, state: 'online', port_nos: [1, 2] }],
      planned_by: null,
    });
  });

  it('A03 sets them, however a MAC is written, and answers with the command', async () => {
    const body = {
      channel: 4,
      sockets: [
        { socket_no: 1, mac: '45:00:30-70.02 47' },
        { socket_no: 2, uid: '301015011402415' },
      ],
    };
    const { status, body: answer } = await api.call('PUT', SOCKETS, { body });
    expect(status).toBe(200);
    expect(answer.data).toMatchObject({ command: { action: 'network.refresh', command_status: 'queued' } });
    expect(puts.at(-1)).toMatchObject({
      tenantId: api.client.tenantId,
      clientId: api.client.clientId,
      deviceId: '86004459453005',
      channel: 4,
      sockets: [
        { socketNo: 1, mac: '450030700247', uid: null },
        { socketNo: 2, mac: null, uid: '301015011402415' },
      ],
    });
  });

  it.each([
    ['no socket', { sockets: [] }, 'sockets'],
    ['number 0', { sockets: [{ socket_no: 0, mac: '450030700247' }] }, 'sockets.0.socket_no'],
    ['number 251', { sockets: [{ socket_no: 251, mac: '450030700247' }] }, 'sockets.0.socket_no'],
    ['eleven digits', { sockets: [{ socket_no: 1, mac: '45003070024' }] }, 'sockets.0.mac'],
    ['neither address nor sticker', { sockets: [{ socket_no: 1 }] }, 'sockets.0'],
    [
      'a number twice',
      {
        sockets: [
          { socket_no: 1, uid: 'A' },
          { socket_no: 1, uid: 'B' },
        ],
      },
      'sockets',
    ],
    [
      'a MAC twice, written in two ways',
      {
        sockets: [
          { socket_no: 1, mac: '4500307002AB' },
          { socket_no: 2, mac: '45:00:30:70:02:ab' },
        ],
      },
      'sockets',
    ],
    ['channel 16', { channel: 16, sockets: [{ socket_no: 1, uid: 'A' }] }, 'channel'],
  ])('A03 refuses %s', async (_, body, field) => {
    const refused = await api.call('PUT', SOCKETS, { body });
    expect(refused).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } });
    expect(refused.body.details?.[0]?.field).toBe(field);
  });
});
