import { ap3000, Fleet } from '@chargebus/simulator';
import { eventually } from '@chargebus/testing';
import { PlatformClient } from './harness/platform-client';
import { Story } from './harness/story';

interface Result {
  readonly phy_id: string;
  readonly action: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface Report {
  readonly job_id: string;
  readonly status: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly Result[];
}
const DEVICES = 6;
const CONTROL = '/api/third/devices/batch/control';
const PARAMS = '/api/third/devices/batch/params';

/** What integrators do to many devices at once, against virtual ones. */
describe('many devices at once', () => {
  let story: Story;
  let fleet: Fleet;
  let ids: string[];

  beforeAll(async () => {
    story = await Story.begin();
    fleet = await Fleet.connect({
      protocol: ap3000({ firstDeviceNo: 700 }),
      host: '127.0.0.1',
      port: story.installation.devicePort,
      devices: DEVICES,
    });
    ids = fleet.devices.map(({ deviceId }) => deviceId);
    for (const device of fleet.devices)
      for (const portNo of [1, 2]) device.plugIn(portNo, { powerW: 200, needWh: 5_000 });
    await Promise.all(ids.map((id) => story.event('device.online', (event) => event.device_phy_id === id, 30_000)));
  }, 90_000);
  afterAll(async () => {
    fleet.close();
    await story.end();
  });

  const start = (phy_id: string, port_no: number, order: string) => ({
    phy_id,
    action: 'start_charging',
    params: { port_no, mode: 1, time_limit: 120, third_party_order_no: order },
  });

  it('H01 H02 H06 starts and stops charges that are sessions like any other, and tells of a device that cannot', async () => {
    const body = {
      devices: [
        ...ids.slice(0, 2).map((id, i) => start(id, 1, `BATCH-${i.toString()}`)),
        start('NOSUCH01', 1, 'BATCH-X'),
      ],
      execution_mode: 'concurrent',
      max_concurrent: 10,
      timeout_seconds: 30,
      continue_on_error: true,
    };
    const { status, body: answer } = await story.platform.post<Report>(CONTROL, body);
    expect([status, answer.data.summary]).toMatchObject([200, { total: 3, succeeded: 2, failed: 1 }]);
    expect(answer.data.results.map(({ error }) => error)).toEqual([null, null, 'DEVICE_NOT_FOUND']);
    await story.event('charging.started', ({ data }) => data.third_party_order_no === 'BATCH-0');
    const finished = await story.event('job.finished', ({ data }) => data.job_id === answer.data.job_id);
    expect(finished.data).toMatchObject({ kind: 'batch.control', status: 'completed' });
    const again = await story.platform.post<Report>(CONTROL, { devices: [start(ids[0] ?? '', 1, 'BATCH-Z')] });
    expect(again.body.data.results).toMatchObject([{ status: 'failed', error: 'PORT_BUSY' }]);
    const stopped = await story.platform.post<Report>(CONTROL, {
      devices: ids.slice(0, 2).map((phy_id) => ({ phy_id, action: 'stop_charging', params: { port_no: 1 } })),
      execution_mode: 'sequential',
    });
    expect(stopped.body.data).toMatchObject({ status: 'completed', summary: { succeeded: 2 } });
    await story.event('charging.completed', ({ data }) => data.third_party_order_no === 'BATCH-0');
  }, 60_000);

  it('H09 H10 H13 says what would be set, sets it where the filters say, and reads it back', async () => {
    const request = {
      device_filters: { online_only: true, device_types: ['AC', 'DC'] },
      params: { max_current: 30, temperature_threshold: 62 },
      validation_enabled: true,
      wait_seconds: 30,
    };
    const dry = await story.platform.post<Report>(PARAMS, { ...request, dry_run: true });
    expect(dry.body.data).toMatchObject({ status: 'completed', summary: { total: DEVICES, succeeded: DEVICES } });
    expect(dry.body.data.results[0]?.result).toMatchObject({
      would_set: { max_current: 30, temperature_threshold: 62 },
    });
    const known = async (id: string) =>
      (await story.platform.get<{ params: Record<string, unknown> }>(`/api/third/devices/${id}/params`)).body.data
        .params;
    expect(await known(ids[0] ?? '')).not.toMatchObject({ max_current: 30 });
    const done = await story.platform.post<Report>(PARAMS, { ...request, dry_run: false });
    expect(done.body.data).toMatchObject({ status: 'completed', summary: { total: DEVICES, succeeded: DEVICES } });
    for (const id of ids) expect(await known(id)).toMatchObject({ max_current: 30, temperature_threshold: 62 });
    const nowhere = await story.platform.post<Report>(PARAMS, {
      ...request,
      device_filters: { online_only: true, regions: ['beijing', 'shanghai'] },
    });
    expect(nowhere.body.data).toMatchObject({ status: 'completed', summary: { total: 0 } });
    const wrong = await story.platform.post(PARAMS, { ...request, params: { max_current: 99_999 } });
    expect(wrong).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } });
  }, 60_000);

  it('C07 H11 keeps the batches of many third parties apart that call at once', async () => {
    const clients = await Promise.all(
      ids.map(async (_, i) => {
        const { body } = await story.platform.post<{ api_key: string; api_secret: string }>('/api/internal/clients', {
          tenant_id: story.installation.tenantId,
          name: `Third party ${i.toString()}`,
          scopes: ['third'],
        });
        return new PlatformClient(story.installation.baseUrls, body.data.api_key, body.data.api_secret);
      }),
    );
    const answers = await Promise.all(
      clients.flatMap((client, i) =>
        [ids[i] ?? '', ids[(i + 1) % DEVICES] ?? ''].map((id, turn) =>
          client.post<Report>(CONTROL, { devices: [start(id, 2, `C07-${i.toString()}-${turn.toString()}`)] }),
        ),
      ),
    );
    const results = answers.flatMap(({ body }) => body.data.results);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    // Two ask for each port: one has it, the other is told so.
    expect(results.filter(({ status }) => status === 'succeeded')).toHaveLength(DEVICES);
    expect(results.filter(({ error }) => error === 'PORT_BUSY')).toHaveLength(DEVICES);
    await eventually(async () => {
      const jobs = await story.platform.get<{ pagination: { total: number } }>('/api/third/jobs?status=running');
      expect(jobs.body.data.pagination.total).toBe(0);
    });
  }, 60_000);
});
