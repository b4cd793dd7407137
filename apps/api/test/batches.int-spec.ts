import { randomUUID } from 'node:crypto';
import type { TenantId } from '@chargebus/domain';
import {
  AddBatchOrders,
  CancelJob,
  GetJob,
  ListJobItems,
  ListJobs,
  PushTemplate,
  RetryJob,
  RunBatchControl,
} from '@chargebus/requests';
import type { JobItemView, JobView, RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';

const aJob = (changes: Partial<JobView> = {}): JobView => ({
  jobId: 'job_1',
  tenantId: randomUUID() as TenantId,
  clientId: null,
  kind: 'batch.control',
  status: 'completed',
  reason: null,
  parameters: {},
  stage: 1,
  concurrency: 10,
  timeoutMs: 30_000,
  continueOnError: true,
  tally: { total: 2, pending: 0, running: 0, succeeded: 1, failed: 1, skipped: 0 },
  createdAt: '2024-01-13T10:00:00.000Z',
  startedAt: '2024-01-13T10:00:00.000Z',
  finishedAt: '2024-01-13T10:00:01.000Z',
  ...changes,
});
const anItem = (changes: Partial<JobItemView> = {}): JobItemView => ({
  itemNo: 1,
  stage: 1,
  deviceId: '04AB373B',
  input: { action: 'start_charging', portNo: 1 },
  status: 'succeeded',
  code: null,
  reason: null,
  result: { session_id: 'SES1', command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11' },
  commandId: null,
  startedAt: '2024-01-13T10:00:00.000Z',
  finishedAt: '2024-01-13T10:00:01.000Z',
  ...changes,
});
const START = { port_no: 1, mode: 1, time_limit: 120, third_party_order_no: 'ORD001' };

describe('batches and jobs over HTTP', () => {
  let api: ApiUnderTest;
  const asked: RequestOf<typeof RunBatchControl>[] = [];
  const pages: RequestOf<typeof AddBatchOrders>[] = [];
  let answer: JobView = aJob();

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    api.others.answer(RunBatchControl, (request) => {
      asked.push(request);
      const items =
        answer.finishedAt === null ? null : [anItem(), anItem({ itemNo: 2, status: 'failed', code: 'PORT_BUSY' })];
      return Promise.resolve({ job: answer, items, replayed: false });
    });
    api.others.answer(AddBatchOrders, (request) => {
      pages.push(request);
      const total = request.after + request.orders.length;
      const status = request.last ? 'running' : 'preparing';
      const job = aJob({ status, finishedAt: null, tally: { ...aJob().tally, total, pending: total } });
      return Promise.resolve({ job, items: null, replayed: false });
    });
    for (const request of [RetryJob, PushTemplate])
      api.others.answer(request, () => Promise.resolve({ job: answer, items: null, replayed: false }));
    api.others.answer(GetJob, () => Promise.resolve(answer));
    api.others.answer(CancelJob, () => Promise.resolve(aJob({ status: 'cancelling', finishedAt: null })));
    api.others.answer(ListJobs, () => Promise.resolve({ items: [answer], total: 1, nextCursor: null }));
    api.others.answer(ListJobItems, () => Promise.resolve({ items: [anItem()], total: 1, nextCursor: null }));
  });
  afterAll(() => api.stop());
  beforeEach(() => {
    asked.length = 0;
    answer = aJob();
  });

  it('H01 H02 H03 H04 H05 H06 takes the listed body, with its defaults, and answers with a result per device', async () => {
    const devices = [
      { phy_id: '04AB373B', action: 'start_charging', params: START },
      { phy_id: '04AB373C', action: 'stop_charging', params: { port_no: 1 } },
      { phy_id: '04AB373D', action: 'reboot' },
    ];
    const done = await api.call('POST', '/api/third/devices/batch/control', { body: { devices } });
    expect(done.status).toBe(200);
    expect(done.body.data).toMatchObject({
      job_id: 'job_1',
      status: 'completed',
      summary: { total: 2, succeeded: 1, failed: 1 },
      results: [
        {
          phy_id: '04AB373B',
          action: 'start_charging',
          port_no: 1,
          status: 'succeeded',
          result: { session_id: 'SES1' },
        },
        { status: 'failed', error: 'PORT_BUSY' },
      ],
    });
    expect(asked[0]).toMatchObject({
      options: { concurrency: 10, timeoutMs: 30_000, continueOnError: true },
      waitMs: 30_000,
      orders: [
        { deviceId: '04AB373B', order: { action: 'start_charging', orderNo: 'ORD001', requestBody: { ...START } } },
        { deviceId: '04AB373C', order: { action: 'stop_charging', reason: 'user_stop' } },
        { deviceId: '04AB373D', order: { action: 'control', name: 'reboot', force: false } },
      ],
    });
    const body = {
      devices,
      execution_mode: 'sequential',
      max_concurrent: 5,
      timeout_seconds: 20,
      continue_on_error: false,
      wait_seconds: 0,
    };
    await api.call('POST', '/api/third/devices/batch/control', { body, headers: { 'idempotency-key': 'k1' } });
    expect(asked[1]).toMatchObject({
      options: { concurrency: 1, timeoutMs: 20_000, continueOnError: false },
      waitMs: 0,
      idempotencyKey: 'k1',
    });
  });

  it('H01 refuses the same device and port twice, what it does not know, and nothing at all', async () => {
    const post = (body: unknown) => api.call('POST', '/api/third/devices/batch/control', { body });
    const twice = { phy_id: '04AB373B', action: 'stop_charging', params: { port_no: 1 } };
    const refused = await post({ devices: [twice, { ...twice, params: { port_no: 2 } }, twice] });
    expect(refused).toMatchObject({ status: 400, body: { details: [{ field: 'devices.2' }] } });
    for (const devices of [[], [{ ...twice, action: 'explode' }], [{ ...twice, params: {} }], [{ ...twice, extra: 1 }]])
      expect(await post({ devices })).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } });
    expect(await post({ devices: [twice], max_concurrent: 0 })).toMatchObject({ status: 400 });
  });

  it('H11 accepts ten thousand devices at once', async () => {
    const preparing = (total: number) => ({ tally: { ...aJob().tally, total, pending: total } });
    answer = aJob({ status: 'preparing', finishedAt: null, ...preparing(1_000) });
    const devices = Array.from({ length: 10_000 }, (_, i) => ({
      phy_id: i.toString(16).toUpperCase().padStart(8, '0'),
      action: 'start_charging',
      params: START,
    }));
    const accepted = await api.call('POST', '/api/third/devices/batch/control', { body: { devices } });
    expect(accepted).toMatchObject({
      status: 202,
      body: { data: { status: 'running', summary: { total: 10_000 }, results: [] } },
    });
    expect(asked).toMatchObject([{ waitMs: 0, total: 10_000 }]);
    expect(pages.map(({ after, orders, last }) => [after, orders.length, last])).toEqual(
      Array.from({ length: 9 }, (_, i) => [(i + 1) * 1_000, 1_000, i === 8]),
    );
    const tooMany = await api.call('POST', '/api/third/devices/batch/control', {
      body: { devices: [...devices, { phy_id: 'ONEMORE', action: 'reboot' }] },
    });
    expect(tooMany.status).toBe(400);
  });

  it('H13 shows jobs, their items and cancels them', async () => {
    expect((await api.call('GET', '/api/third/jobs?kind=batch.control&status=completed')).body.data).toMatchObject({
      items: [{ job_id: 'job_1', progress_percentage: 100 }],
    });
    expect((await api.call('GET', '/api/third/jobs/job_1?wait_seconds=1')).status).toBe(200);
    expect((await api.call('GET', '/api/third/jobs/job_1/items?status=failed&order=asc')).body.data).toMatchObject({
      items: [{ item_no: 1, command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11' }],
    });
    expect((await api.call('POST', '/api/third/jobs/job_1/cancel')).body.data).toMatchObject({ status: 'cancelling' });
  });

  it.each([
    ['H13', '/api/third/jobs/job_1/retry'],
    ['P01', '/api/third/param-templates/tpl_1/push'],
  ])('%s POST %s says 202 while its job goes on, and 200 when there was nothing to wait for', async (_, path) => {
    for (const status of ['preparing', 'running', 'cancelling'] as const) {
      answer = aJob({ status, finishedAt: null });
      expect(await api.call('POST', path)).toMatchObject({ status: 202, body: { data: { job_id: 'job_1' } } });
    }
    answer = aJob();
    expect(await api.call('POST', path)).toMatchObject({ status: 200, body: { data: { status: 'completed' } } });
  });
});
