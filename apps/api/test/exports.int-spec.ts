import { createHash } from 'node:crypto';
import type { DeviceId } from '@chargebus/domain';
import { DeviceNotFound, ServiceUnavailable } from '@chargebus/errors';
import { BlobStore } from '@chargebus/messaging';
import { FindDevice, ListAlarms, ListCommands, ListDevices, ListSessions } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Workbook } from 'exceljs';
import { EXPORT_BUCKET, EXPORT_KEEP_MS } from '../src/exports/export-runner';
import { ApiUnderTest, sign } from './api-under-test';
import { aCommand, aDevice, aSession } from './fixtures';

/** So many devices has the tenant; their names try to run something. */
const DEVICES = 1_234;
/** Calls at once. */
const PLACES = 8;
const NAME = '=HYPERLINK("http://evil.example","北京, \n1")';

describe('exports', () => {
  let api: ApiUnderTest;
  let pages = 0;
  let away = false;
  let stumbles = 0;
  let gate: Promise<void> = Promise.resolve();
  const asked: RequestOf<typeof ListDevices>[] = [];
  beforeAll(async () => {
    api = await ApiUnderTest.start({ HTTP_MAX_CALLS: PLACES.toString() });
    api.client = await api.newClient({ scopes: ['third'] });
    const { others } = api;
    others.answer(ListDevices, async (request) => {
      if (away) throw new ServiceUnavailable({ service: 'session' });
      asked.push(request);
      pages += 1;
      const at = Number(request.page.cursor ?? '0');
      if (at > 0) await gate;
      if (at > 0 && stumbles-- > 0) throw new ServiceUnavailable({ service: 'session' });
      const left = Math.min(request.page.limit, DEVICES - at);
      return {
        items: Array.from({ length: left }, (_, index) =>
          aDevice({ deviceId: `D${(at + index).toString()}` as DeviceId, name: NAME, firmwareVersion: '-5' }),
        ),
        total: request.page.counted === false ? 0 : DEVICES,
        nextCursor: at + left < DEVICES ? (at + left).toString() : null,
      };
    });
    others.answer(FindDevice, ({ deviceId }) => Promise.reject(new DeviceNotFound({ deviceId })));
    others.answer(ListSessions, () => Promise.resolve({ items: [aSession()], total: 1, nextCursor: null }));
    others.answer(ListCommands, () =>
      Promise.resolve({ items: [{ ...aCommand(), log: [] }], total: 1, nextCursor: null }),
    );
    others.answer(ListAlarms, () => Promise.resolve({ items: [], total: 0, nextCursor: null }));
  });
  afterAll(() => api.stop());

  const download = async (target: string, client = api.client): Promise<Response> =>
    fetch(`http://127.0.0.1:${api.api.port.toString()}${target}`, { headers: sign(client, 'GET', target, '') });
  const job = async (id: string) => (await api.call('GET', `/api/third/exports/${id}`)).body.data!;
  const filesOf = async (id: string): Promise<readonly string[]> => {
    const files = await (await BlobStore.open(api.others, EXPORT_BUCKET, { keepMs: EXPORT_KEEP_MS })).list();
    return files.map(({ name }) => name).filter((name) => name.startsWith(id));
  };
  const start = async (body: unknown): Promise<string> => {
    const { status, body: answer } = await api.call('POST', '/api/third/exports', { body });
    expect(status).toBe(202);
    return String(answer.data?.id);
  };

  it('Q01 Q07 AD05 exports devices as CSV that no spreadsheet runs, with the filters of their list', async () => {
    const answer = await download('/api/third/export/devices?format=csv&online=true&protocol=ap3000');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="devices-[\d-]+\.csv"$/);
    const text = await answer.text();
    expect(text.startsWith('phy_id,device_no,name,')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""北京, \n1"")"`);
    expect(text).toContain(',-5,');
    expect(text).toMatch(/,(true|false),(true|false),/);
    expect(text.match(/^D\d+,/gm)).toHaveLength(DEVICES);
    expect(asked.at(-1)?.filter).toMatchObject({ online: true, protocols: ['ap3000'] });
    const marked = Buffer.from(await (await download('/api/third/export/devices?bom=true')).arrayBuffer());
    expect(marked.subarray(0, 9).toString()).toBe('\uFEFFphy_id');
    expect(asked.at(-1)?.page).toMatchObject({ limit: 500, order: 'asc', counted: false });
  });

  it('Q07 exports JSON lines as they are, a page that is late included', async () => {
    stumbles = 1;
    const answer = await download('/api/third/export/devices?format=jsonl');
    const rows = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string });
    expect([rows.length, rows[7]?.name, answer.headers.get('content-type')]).toEqual([
      DEVICES,
      NAME,
      'application/x-ndjson',
    ]);
  });

  it('Q07 exports workbooks whose cells are text and no formulas', async () => {
    const answer = await download('/api/third/export/devices?format=xlsx');
    const book = await new Workbook().xlsx.load(await answer.arrayBuffer());
    const sheet = book.worksheets[0]!;
    expect([sheet.rowCount, sheet.getCell('A1').value, sheet.getCell('C5').value]).toEqual([
      DEVICES + 1,
      'phy_id',
      NAME,
    ]);
    expect(sheet.getCell('C5').formula).toBeUndefined();
  });

  it('Q03 exports commands and sessions', async () => {
    const commands = await (await download('/api/third/export/commands?action=charge.*')).text();
    expect(commands).toMatch(/^command_id,phy_id,.*\n[0-9a-f-]{36},04AB373B,/);
    const sessions = await (await download('/api/third/export/sessions?status=charging')).text();
    expect(sessions).toContain('SES20240113001,12345,04AB373B,1,ORD001,USER001,charging');
    expect(await (await download('/api/third/export/alarms')).text()).toMatch(/^id,device_phy_id,.*\n$/);
  });

  it('Q07 asks for a page only when the one before is taken', async () => {
    pages = 0;
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const answer = await download('/api/third/export/devices?format=jsonl');
    const reader = answer.body!.getReader();
    const first = (await reader.read()) as { readonly value?: Uint8Array };
    expect(first.value?.length).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(2);
    open();
    await reader.cancel();
  });

  it('Q07 Z10 C07 keeps what broke off in the log, and no place for who hung up', async () => {
    const broken = (status: number): Promise<unknown[]> =>
      api.postgres.query(
        `SELECT FROM iam.api_request_logs WHERE endpoint = '/api/third/export/devices' AND status_code = $1`,
        [status],
      );
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    for (let i = 0; i < PLACES; i++) {
      const reader = (await download('/api/third/export/devices?format=jsonl')).body!.getReader();
      await reader.read();
      await reader.cancel();
    }
    open();
    expect((await api.call('GET', '/api/third/devices')).status).toBe(200);
    await eventually(async () => {
      expect((await broken(499)).length).toBeGreaterThanOrEqual(PLACES);
    });
    stumbles = Infinity;
    const answer = await download('/api/third/export/devices?format=jsonl');
    await expect(answer.text()).rejects.toThrow();
    stumbles = 0;
    await eventually(async () => {
      expect(await broken(500)).toHaveLength(1);
    });
  });

  it.each([
    ['/api/third/export/devices?format=pdf', 400, 'VALIDATION_FAILED'],
    ['/api/third/export/devices?status=charging', 400, 'VALIDATION_FAILED'],
    ['/api/third/export/sessions?from=2024-02-01&to=2024-01-01', 400, 'VALIDATION_FAILED'],
    ['/api/third/export/sessions?phy_id=NONE', 404, 'DEVICE_NOT_FOUND'],
    ['/api/third/export/secrets', 404, 'ROUTE_NOT_FOUND'],
  ])('Q07 refuses %s in the envelope', async (target, status, error) => {
    const answer = await download(target);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toMatchObject({ error });
  });

  it('Q07 shows nobody more than lists would', async () => {
    const client = await api.newClient({ scopes: ['exports:create', 'devices:read'] });
    expect((await download('/api/third/export/devices', client)).status).toBe(200);
    expect((await download('/api/third/export/sessions', client)).status).toBe(403);
    const refused = await api.call('POST', '/api/third/exports', { client, body: { kind: 'commands' } });
    expect(refused.status).toBe(403);
  });

  it('Q07 makes large ones in the background, behind a link that expires', async () => {
    const id = await start({ kind: 'devices', format: 'csv', filters: { online: true } });
    const done = await eventually(async () => {
      const found = await job(id);
      expect(found.status).toBe('done');
      return found;
    });
    expect(done).toMatchObject({ rows: DEVICES, total_rows: DEVICES, progress: 100, filters: { online: 'true' } });
    const { pathname, search } = new URL(String(done.download_url)); // PUBLIC_BASE_URL is elsewhere
    const file = await fetch(`http://127.0.0.1:${api.api.port.toString()}${pathname}${search}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(file.headers.get('content-disposition')).toContain(`devices-${id}.csv`);
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([done.size, done.sha256]);
    const stranger = await api.newClient({ scopes: ['third'] });
    expect((await api.call('GET', `/api/third/exports/${id}`, { client: stranger })).status).toBe(404);
    expect((await api.call('GET', '/api/third/exports', { client: stranger })).body.data).toMatchObject({ items: [] });
    expect((await api.call('GET', '/api/third/exports')).body.data?.items).toHaveLength(1);
    const over = await api.call('POST', `/api/third/exports/${id}/cancel`);
    expect(over).toMatchObject({ status: 409, body: { error: 'EXPORT_OVER' } });
  });

  it('Q07 stops when it is cancelled, and again when it is cancelled again', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const id = await start({ kind: 'devices', format: 'jsonl' });
    await eventually(async () => {
      expect(await job(id)).toMatchObject({ status: 'running', rows: 500, total_rows: DEVICES, progress: 40 });
    });
    for (let i = 0; i < 2; i++)
      expect((await api.call('POST', `/api/third/exports/${id}/cancel`)).body.data?.status).toBe('cancelled');
    open();
    const next = await start({ kind: 'alarms' });
    await eventually(async () => {
      expect((await job(next)).status).toBe('done');
    });
    expect(await job(id)).toMatchObject({ status: 'cancelled', download_url: null });
  });

  it('Q07 tries again after a failure and begins anew where a process died', async () => {
    const id = await start({ kind: 'sessions' });
    await eventually(async () => {
      expect((await job(id)).status).toBe('done');
    });
    away = true;
    const refused = await api.call('POST', '/api/third/exports', { body: { kind: 'devices' } });
    expect(refused.status).toBe(503);
    away = false;
    // As a process leaves it that was killed over its first attempt, and one that was killed over the last.
    await api.postgres.query(
      `UPDATE iam.exports SET state = 'running', finished_at = NULL, attempts = 1, leased_until = now() WHERE export_id = $1`,
      [id],
    );
    await eventually(async () => {
      expect(await job(id)).toMatchObject({ status: 'done', rows: 1 });
      expect(await filesOf(id)).toEqual([`${id}-2.csv`]);
    });
    await api.postgres.query(
      `UPDATE iam.exports SET state = 'running', finished_at = NULL, attempts = 3, leased_until = now() WHERE export_id = $1`,
      [id],
    );
    await eventually(async () => {
      expect(await job(id)).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('interrupted') as string,
      });
      expect(await filesOf(id)).toEqual([]);
    });
  });

  it.each([
    [{ kind: 'devices', filters: { status: 'x' } }, 'filters.status'],
    [{ kind: 'sessions', filters: { status: 'x' } }, 'filters.status'],
    [{ kind: 'nothing' }, 'kind'],
    [{}, 'kind'],
  ])('Q07 refuses %j', async (body, field) => {
    const answer = await api.call('POST', '/api/third/exports', { body });
    expect([answer.status, answer.body.details?.[0]?.field]).toEqual([400, field]);
  });
});
