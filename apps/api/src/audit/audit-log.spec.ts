import { randomUUID } from 'node:crypto';
import { TenantId } from '@chargebus/domain';
import { ServiceUnavailable } from '@chargebus/errors';
import { createLogger, Metrics } from '@chargebus/observability';
import { apiMetrics } from '../metrics';
import type { AuditEntry } from './audit-entry';
import { AuditLog } from './audit-log';

const AWAY = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const entry = (content: string): AuditEntry => ({ tenantId: TenantId.parse(randomUUID()), content });

describe('the audit log while Postgres is away', () => {
  let append: jest.Mock<Promise<void>, [readonly AuditEntry[]]>;
  let metrics: ReturnType<typeof apiMetrics>;
  let log: AuditLog;
  beforeEach(() => {
    jest.useFakeTimers();
    append = jest.fn<Promise<void>, [readonly AuditEntry[]]>();
    metrics = apiMetrics(new Metrics('api'));
    log = new AuditLog({ append }, metrics, createLogger('test', 'silent'));
  });
  afterEach(() => jest.useRealTimers());
  const change = (): void => {
    log.refuseUnaccountable();
  };

  it('D15 begins no change once an entry could not be written for a second, until all are written', async () => {
    append.mockRejectedValue(AWAY);
    let answered = false;
    void log.record([entry('first')])?.then(() => (answered = true));
    await jest.advanceTimersByTimeAsync(900);
    expect(change).not.toThrow(); // it may be over in time
    await jest.advanceTimersByTimeAsync(100);
    expect(answered).toBe(true); // what was done is done
    expect(change).toThrow(ServiceUnavailable);
    void log.record([entry('under way')]);

    append.mockResolvedValue(undefined);
    await jest.advanceTimersByTimeAsync(500);
    expect(append.mock.lastCall?.[0].map(({ content }) => content)).toEqual(['first', 'under way']);
    expect(change).not.toThrow();
    await log.stop();
  });

  it('D15 refuses nothing for a log that is slow', async () => {
    let written: () => void = () => undefined;
    append.mockReturnValue(new Promise<void>((resolve) => (written = resolve)));
    void log.record([entry('slow')]);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(change).not.toThrow();
    written();
    await log.stop();
  });

  it('R04 leaves out only the entry that Postgres refuses', async () => {
    append.mockImplementation((entries) =>
      entries.some(({ content }) => content === 'bad') ? Promise.reject(new Error('refused')) : Promise.resolve(),
    );
    await log.record(['good', 'bad', 'better'].map(entry));
    expect(append.mock.calls.map(([entries]) => entries.length)).toEqual([3, 1, 1, 1]);
    expect((await metrics.auditEntriesDropped.get()).values).toMatchObject([{ value: 1 }]);
    await log.stop();
  });
});
