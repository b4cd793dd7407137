import { createHash, randomBytes } from 'node:crypto';
import { ap3000, bkv, Fleet, ocpp, ykc } from '@chargebus/simulator';
import type { Ap3000Device, BkvGateway, OcppStation, YkcPile } from '@chargebus/simulator';
import type { SimulatedProtocol, VirtualDevice } from '@chargebus/simulator';
import { eventually } from '@chargebus/testing';
import { FileServer } from './harness/file-server';
import { PlatformClient } from './harness/platform-client';
import type { ApiAnswer } from './harness/platform-client';
import { Story } from './harness/story';

interface UpgradeData {
  readonly upgrade_id: string;
  readonly firmware_id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly reported_version: string | null;
  readonly previous_version: string | null;
  readonly previous_firmware_id: string | null;
  readonly attempts: number;
}
interface FirmwareData {
  readonly firmware_id: string;
  readonly status: string;
  readonly checksum: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** An image as virtual devices understand it, long enough for several packets and chunks. */
const image = (version: string, sizeBytes: number): Buffer => {
  const head = Buffer.from(`CBFW ${version}\n`);
  return Buffer.concat([head, randomBytes(sizeBytes - head.length)]);
};
/** What an AP3000 device gets: whole packets. */
const padded = (bytes: Buffer, chunk: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((chunk - (bytes.length % chunk)) % chunk)]);

/** Firmware from the address or the upload to the device that runs it, over the wire of every protocol. */
describe('firmware', () => {
  let story: Story;
  let files: FileServer;
  const fleets: Fleet[] = [];

  beforeAll(async () => {
    files = await FileServer.listen();
    story = await Story.begin({ settings: { session: { CONNECTION_GRACE_S: '1' } } });
  }, 60_000);
  afterAll(async () => {
    for (const fleet of fleets) fleet.close();
    await story.end();
    await files.close();
  }, 60_000);

  async function connect<D extends VirtualDevice>(protocol: SimulatedProtocol<D>, speed = 60): Promise<D> {
    const isStation = protocol.name.startsWith('ocpp');
    const port = story.installation[isStation ? 'stationPort' : 'devicePort'];
    const fleet = await Fleet.connect({ protocol, host: '127.0.0.1', port, devices: 1, speed });
    fleets.push(fleet);
    const [device] = fleet.devices;
    if (device === undefined) throw new Error('no device');
    await story.event('device.online', (event) => event.device_phy_id === device.deviceId);
    return device;
  }
  const upgrade = (device: VirtualDevice, body: object): Promise<ApiAnswer<UpgradeData>> =>
    story.platform.post<UpgradeData>(`/api/third/devices/${device.deviceId}/upgrade`, body);
  const find = async (device: VirtualDevice, id: string): Promise<UpgradeData> =>
    (await story.platform.get<UpgradeData>(`/api/third/devices/${device.deviceId}/upgrades/${id}`)).body.data;
  const reaches = (device: VirtualDevice, id: string, status: string): Promise<UpgradeData> =>
    eventually(async () => {
      const now = await find(device, id);
      expect(now).toMatchObject({ status });
      return now;
    }, 45_000);
  const upload = async (bytes: Buffer, query: Record<string, string>): Promise<FirmwareData> => {
    const target = `/api/third/firmware?${new URLSearchParams(query).toString()}`;
    const answer = await story.platform.upload<FirmwareData>(target, bytes);
    expect(answer.body).toMatchObject({ code: 0, data: { status: 'stored', checksum: `sha256:${sha256(bytes)}` } });
    return answer.body.data;
  };
  const versionOf = async (device: VirtualDevice): Promise<unknown> =>
    (await story.platform.get(`/api/third/devices/${device.deviceId}`)).body.data.firmware_version;
  const pile = (firstDeviceNo: number): Promise<Ap3000Device> =>
    connect<Ap3000Device>(ap3000({ model: 'ten-port', firstDeviceNo, replyDelayMs: [0, 0] }));
  const stepsOf = (id: string): unknown[] =>
    story.receiver
      .distinct('device.upgrade_progress')
      .filter((event) => event.data.upgrade_id === id)
      .map((event) => event.data.status);

  it('F17 F18 F21 A08 I17 sends an uploaded image to an AP3000 device packet by packet, reads its version back, and brings the old one back', async () => {
    const device = await pile(8_001);
    const { model } = (await story.platform.get<{ model: string }>(`/api/third/devices/${device.deviceId}`)).body.data;
    const bytes = image('2.11', 900);
    const firmware = await upload(bytes, { version: 'v2.11', models: model, protocols: 'ap3000' });
    const again = await upload(bytes, { version: 'v2.11', models: model, protocols: 'ap3000' });
    expect(again.firmware_id).toBe(firmware.firmware_id); // the same bytes are one image
    const old = await upload(image('2.10', 600), { version: '2.10', models: model });

    const started = await upgrade(device, {
      firmware_id: firmware.firmware_id,
      rollback_enabled: true,
      notify_progress: true,
    });
    expect(started.body).toMatchObject({
      code: 0,
      data: { previous_version: '2.10', previous_firmware_id: old.firmware_id },
    });
    const busy = await upgrade(device, { firmware_id: old.firmware_id });
    expect(busy).toMatchObject({ status: 409, body: { error: 'UPGRADE_IN_PROGRESS' } });
    const { upgrade_id: id } = started.body.data;
    expect(await reaches(device, id, 'completed')).toMatchObject({ reported_version: '2.11', attempts: 1 });
    expect(device.receivedFirmwareSha256).toBe(sha256(padded(bytes, 200)));
    expect(await versionOf(device)).toBe('2.11');
    await eventually(() => {
      expect(stepsOf(id)).toEqual(expect.arrayContaining(['waiting', 'transferring', 'verifying', 'completed']));
    });
    const told = story.receiver.distinct().filter((event) => event.device_phy_id === device.deviceId);
    const numbers = told.map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(told.length);
    expect(numbers.at(-1)).toBeLessThan(10_000); // one counter: steps of an upgrade stand among what else the device does

    const back = await story.platform.post<UpgradeData>(
      `/api/third/devices/${device.deviceId}/upgrades/${id}/rollback`,
    );
    expect(back.body).toMatchObject({ code: 0, data: { rolls_back: id, version: '2.10' } });
    await reaches(device, back.body.data.upgrade_id, 'completed');
    expect((await find(device, id)).status).toBe('rolled_back');
    expect(await versionOf(device)).toBe('2.10');
  }, 90_000);

  it.each([
    ['BKV', () => connect(bkv({ firstDeviceNo: 8_100, transfersFiles: true, replyDelayMs: [0, 0] })), '00.1.18'],
    ['YKC', () => connect(ykc({ firstDeviceNo: 8_200, transfersFiles: true, replyDelayMs: [0, 0] })), 'V4.2.01'],
    ['OCPP 1.6', () => connect(ocpp('ocpp1.6', { firstDeviceNo: 8_300, transfersFiles: true })), '1.1.0'],
    ['OCPP 2.0.1', () => connect(ocpp('ocpp2.0.1', { firstDeviceNo: 8_400, transfersFiles: true })), '1.1.0'],
  ] as const)(
    'F18 F21 A02 A08 upgrades %s from an address: fetched once, checked, and fetched by the device from us',
    async (name, make, version) => {
      const device: VirtualDevice = await make();
      const bytes = image(version, 300_000);
      const firmwareUrl = files.put(`${name.replace(' ', '-')}.bin`, bytes);
      const body = {
        firmware_url: firmwareUrl,
        version,
        checksum: `sha256:${sha256(bytes)}`,
        upgrade_mode: 'immediate',
        rollback_enabled: true,
        notify_progress: true,
      };
      const started = await upgrade(device, body);
      expect(started.body).toMatchObject({ code: 0, data: { status: 'waiting', upgrade_mode: 'immediate' } });
      const { upgrade_id: id } = started.body.data;
      expect(await reaches(device, id, 'completed')).toMatchObject({ reported_version: version });
      const { fetched } = device as BkvGateway | YkcPile | OcppStation;
      expect(fetched).toMatchObject({ sha256: sha256(bytes), sizeBytes: bytes.length });
      expect(files.asked.filter((file) => firmwareUrl.endsWith(file))).toHaveLength(1);
      await eventually(() => {
        expect(stepsOf(id)).toEqual(expect.arrayContaining(['downloading', 'completed']));
      });
    },
    90_000,
  );

  it('F17 F18 refuses what does not fit, what cannot be done, and what is not what it says', async () => {
    const [device, station] = await Promise.all([pile(8_010), connect(ocpp('ocpp2.0.1', { firstDeviceNo: 8_500 }))]);
    const bytes = image('3.00', 700);
    const checksum = `sha256:${sha256(bytes)}`;
    const wrong = `sha256:${'0'.repeat(64)}`;
    const target = `/api/third/firmware?${new URLSearchParams({ version: '3.00', checksum: wrong }).toString()}`;
    expect(await story.platform.upload(target, bytes)).toMatchObject({
      status: 422,
      body: { error: 'CHECKSUM_MISMATCH' },
    });
    const other = await upload(bytes, { version: '3.00', models: 'another_model' });
    const board = await upload(bytes, { version: '3.00', target: 'power_board' });
    const hardware = await upload(bytes, { version: '3.01', hardware_versions: '7,8' });
    const refusals = [
      [device, { firmware_id: other.firmware_id }, 422, 'FIRMWARE_INCOMPATIBLE'],
      [device, { firmware_id: hardware.firmware_id }, 422, 'FIRMWARE_INCOMPATIBLE'],
      [station, { firmware_id: board.firmware_id }, 422, 'CAPABILITY_NOT_SUPPORTED'],
      [device, { firmware_id: 'fw_none' }, 404, 'FIRMWARE_NOT_FOUND'],
      [device, { firmware_id: board.firmware_id, checksum: wrong }, 422, 'CHECKSUM_MISMATCH'],
      [device, { firmware_url: 'http://169.254.169.254/x', version: '1', checksum }, 400, 'ADDRESS_REFUSED'],
      [device, { firmware_url: 'http://127.0.0.1/x', version: '1' }, 400, 'VALIDATION_FAILED'],
      [device, { firmware_id: board.firmware_id, upgrade_mode: 'scheduled' }, 400, 'VALIDATION_FAILED'],
      [device, {}, 400, 'VALIDATION_FAILED'],
    ] as const;
    for (const [whose, body, status, error] of refusals)
      expect({ body, answer: await upgrade(whose, body) }).toMatchObject({ body, answer: { status, body: { error } } });
    const log = await story.platform.post(`/api/third/devices/${device.deviceId}/logs/upload`, {});
    expect(log).toMatchObject({ status: 422, body: { error: 'CAPABILITY_NOT_SUPPORTED' } });

    const lied = await upgrade(device, {
      firmware_url: files.put('lied.bin', bytes),
      version: '9.99',
      checksum: wrong,
    });
    const failed = await reaches(device, lied.body.data.upgrade_id, 'failed');
    expect(failed.reason).toBe('firmware_unavailable');
    expect(failed.message).toContain('checksum_mismatch');
  }, 60_000);

  it('F18 F19 fetches again what broke off, waits for its time and for the device, and is taken back while it waits', async () => {
    const device = await pile(8_020);
    const bytes = image('2.12', 500);
    files.breaks = 1;
    const body = {
      firmware_url: files.put('broken.bin', bytes),
      version: 'v2.12',
      checksum: `sha256:${sha256(bytes)}`,
      upgrade_mode: 'scheduled',
    };
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const first = await upgrade(device, { ...body, scheduled_time: later });
    expect(first.body).toMatchObject({ code: 0, data: { status: 'scheduled', scheduled_time: later } });
    const { upgrade_id: id, firmware_id: firmwareId } = first.body.data;
    const inUse = await story.platform.send('DELETE', `/api/third/firmware/${firmwareId}`);
    expect(inUse).toMatchObject({ status: 409, body: { error: 'FIRMWARE_IN_USE' } });
    const cancel = () => story.platform.post(`/api/third/devices/${device.deviceId}/upgrades/${id}/cancel`);
    expect((await cancel()).body).toMatchObject({ code: 0, data: { status: 'cancelled' } });

    device.cut(Infinity);
    await story.event('device.offline', (event) => event.device_phy_id === device.deviceId, 60_000);
    const soon = new Date(Date.now() + 1_500).toISOString();
    const second = await upgrade(device, { ...body, scheduled_time: soon });
    expect(second.body).toMatchObject({ code: 0 });
    expect(await reaches(device, second.body.data.upgrade_id, 'waiting')).toMatchObject({ attempts: 0 });
    device.reconnect();
    await reaches(device, second.body.data.upgrade_id, 'completed');
    expect(files.asked.filter((name) => name === 'broken.bin')).toHaveLength(2);
    const late = await story.platform.post(
      `/api/third/devices/${device.deviceId}/upgrades/${second.body.data.upgrade_id}/cancel`,
    );
    expect(late).toMatchObject({ status: 409, body: { error: 'UPGRADE_NOT_CANCELLABLE' } });

    const link = await story.platform.get<{ url: string }>(`/api/third/firmware/${firmwareId}/link`);
    const downloaded = await fetch(link.body.data.url);
    expect(sha256(Buffer.from(await downloaded.arrayBuffer()))).toBe(sha256(bytes));
    expect((await story.platform.send('DELETE', `/api/third/firmware/${firmwareId}`)).body.code).toBe(0);
    expect((await story.platform.get(`/api/third/firmware/${firmwareId}`)).status).toBe(404);
  }, 120_000);

  it('F17 loses nothing when fleet is killed while packets run', async () => {
    const device = await pile(8_030);
    const firmware = await upload(image('2.13', 2_000), { version: '2.13' });
    const started = await upgrade(device, { firmware_id: firmware.firmware_id });
    const { upgrade_id: id } = started.body.data;
    await reaches(device, id, 'transferring');
    await story.installation.crash('fleet');
    expect(await reaches(device, id, 'completed')).toMatchObject({ attempts: 1, reported_version: '2.13' });
  }, 90_000);

  it('F22 has OCPP stations bring their logs, once, to be downloaded by a link', async () => {
    for (const version of ['ocpp1.6', 'ocpp2.0.1'] as const) {
      const station = await connect(ocpp(version, { firstDeviceNo: 8_600, transfersFiles: true }));
      const target = `/api/third/devices/${station.deviceId}/logs`;
      const asked = await story.platform.post<{ upload_id: string }>(`${target}/upload`, { log_type: 'diagnostics' });
      expect(asked.body).toMatchObject({ code: 0, data: { status: 'requested', download_url: null } });
      const log = await eventually(async () => {
        const { body } = await story.platform.get<{ download_url: string; status: string }>(
          `${target}/uploads/${asked.body.data.upload_id}`,
        );
        expect(body.data).toMatchObject({ status: 'received', file_name: `${station.deviceId}.log` });
        return body.data;
      }, 30_000);
      expect(await (await fetch(log.download_url)).text()).toBe(`log of ${station.deviceId}\n`);
      const { body: command } = await story.platform.get<{ parameters: { uploadTo?: string; upload_to?: string } }>(
        `/api/third/commands/${(asked.body.data as unknown as { command_id: string }).command_id}`,
      );
      const address = command.data.parameters.upload_to ?? command.data.parameters.uploadTo ?? '';
      const again = await fetch(`${address}again.log`, { method: 'PUT', body: 'x' });
      expect(again.status).toBe(410);
      expect((await fetch(address.replace(/lu_[^.]*/, 'lu_other'), { method: 'POST', body: 'x' })).status).toBe(403);
    }
  }, 60_000);

  it('F22 P05 P06 rolls out in waves through a killed fleet, halts by failures, goes on when told, and takes it back', async () => {
    interface RolloutData {
      readonly rollout_id: string;
      readonly status: string;
      readonly wave: number;
      readonly summary: { readonly succeeded: number; readonly failed: number; readonly total: number };
    }
    const fleet = await Fleet.connect({
      protocol: ocpp('ocpp2.0.1', { firstDeviceNo: 8_700, transfersFiles: true }),
      host: '127.0.0.1',
      port: story.installation.stationPort,
      devices: 4,
      speed: 60,
    });
    fleets.push(fleet);
    const ids = fleet.devices.map(({ deviceId }) => deviceId);
    for (const id of ids) await story.event('device.online', (event) => event.device_phy_id === id);
    const stands = (id: string, wanted: object): Promise<RolloutData> =>
      eventually(async () => {
        const { body } = await story.platform.get<RolloutData>(`/api/third/rollouts/${id}`);
        expect(body.data).toMatchObject(wanted);
        return body.data;
      }, 90_000);
    const rollOut = async (firmware: FirmwareData, body: object): Promise<string> => {
      const target = `/api/third/firmware/${firmware.firmware_id}/rollouts`;
      const answer = await story.platform.post<RolloutData>(target, { device_ids: ids, wait_seconds: 0, ...body });
      expect(answer.body).toMatchObject({ code: 0 });
      return answer.body.data.rollout_id;
    };
    // An image that says another version than it is sold as: every device that installs it is a failure.
    const wrong = await upload(image('6.6.6', 5_000), { version: '1.3.0' });
    const bad = await rollOut(wrong, { waves: [25, 100], max_failure_rate: 50, max_concurrent: 1 });
    await stands(bad, { status: 'halted', wave: 1, summary: { failed: 1, total: 4 } });
    const resume = await story.platform.post<RolloutData>(`/api/third/rollouts/${bad}/resume`);
    expect(resume.body).toMatchObject({ code: 0, data: { status: 'running' } });
    await stands(bad, { status: 'halted', wave: 2, summary: { failed: 2, pending: 2 } });
    expect((await story.platform.post(`/api/third/rollouts/${bad}/abort`)).body.code).toBe(0);
    await stands(bad, { status: 'aborted' });

    const key = await story.platform.post<{ api_key: string; api_secret: string }>('/api/third/keys', {
      name: 'one station',
      scopes: ['third'],
      data_scope: { devices: [ids[0]] },
    });
    const limited = new PlatformClient(story.installation.baseUrls, key.body.data.api_key, key.body.data.api_secret);
    expect((await limited.get('/api/third/rollouts')).body.data).toMatchObject({ items: [] });
    for (const hidden of [
      await limited.get(`/api/third/rollouts/${bad}`),
      await limited.post(`/api/third/rollouts/${bad}/resume`),
      await limited.post(`/api/third/rollouts/${bad}/rollback`),
    ])
      expect(hidden).toMatchObject({ status: 404, body: { error: 'ROLLOUT_NOT_FOUND' } });
    const kept = await limited.send('DELETE', `/api/third/firmware/${wrong.firmware_id}`);
    expect(kept).toMatchObject({ status: 403, body: { error: 'DATA_SCOPE_TOO_NARROW' } });

    const old = await upload(image('1.0.0', 5_000), { version: '1.0.0' }); // what they had, but for the two that got the bad one
    const firmware = await upload(image('1.2.0', 5_000), { version: '1.2.0' });
    const good = await rollOut(firmware, { waves: [50, 100] });
    await story.installation.crash('fleet');
    await stands(good, { status: 'completed', wave: 2, summary: { succeeded: 4, failed: 0 } });
    const back = await story.platform.post<RolloutData>(`/api/third/rollouts/${good}/rollback`);
    expect(back.body).toMatchObject({ code: 0, data: { rolls_back: good, summary: { total: 2 } } });
    await stands(back.body.data.rollout_id, { status: 'completed', summary: { succeeded: 2 } });
    const versions = await Promise.all(fleet.devices.map((device) => versionOf(device)));
    expect(versions.sort()).toEqual(['1.0.0', '1.0.0', '1.2.0', '1.2.0']);
    expect((await story.platform.send('DELETE', `/api/third/firmware/${old.firmware_id}`)).body.code).toBe(0);
  }, 240_000);
});
