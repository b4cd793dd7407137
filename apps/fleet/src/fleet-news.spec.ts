import { DeviceNotFound, ServiceUnavailable } from '@chargebus/errors';
import { DeviceUpgradeProgress, JobProgress } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import { createLogger } from '@chargebus/observability';
import { FleetNews } from './fleet-news';

const event = (type: string, id: string, deviceId: string | null): EventEnvelope =>
  ({ id, type, deviceId, occurredAt: '2024-01-13T10:00:00.000Z', data: { id } }) as unknown as EventEnvelope;

describe('news of fleet', () => {
  const published: string[] = [];
  const announced: string[] = [];
  let answer: (deviceId: string) => Promise<object>;
  const bus = {
    publishEvents: (events: readonly EventEnvelope[]) => {
      published.push(...events.map(({ id }) => id));
      return Promise.resolve();
    },
    ask: async (_request: unknown, { causeId, deviceId }: { causeId: string; deviceId: string }) => {
      const reply = await answer(deviceId);
      announced.push(causeId);
      return reply;
    },
  } as unknown as Pick<Bus, 'ask' | 'publishEvents'>;
  const news = new FleetNews(bus, createLogger('fleet', 'silent'));
  const steps = ['1', '2', '3'].map((id) => event(DeviceUpgradeProgress.type, `a${id}`, 'A'));

  beforeEach(() => {
    published.length = 0;
    announced.length = 0;
    answer = () => Promise.resolve({});
  });

  it('I17 gives what is about a device to whoever numbers its events, one after the other', async () => {
    await news.publishEvents([...steps, event(JobProgress.type, 'j', null)]);
    expect([published, announced]).toEqual([['j'], ['a1', 'a2', 'a3']]);
  });

  it('I17 keeps what cannot be told now, and forgets what is about a device that is gone', async () => {
    answer = () => Promise.reject(new ServiceUnavailable({ service: 'session' }));
    await expect(news.publishEvents(steps)).rejects.toThrow(ServiceUnavailable);
    answer = (deviceId) => Promise.reject(new DeviceNotFound({ deviceId }));
    await expect(news.publishEvents(steps)).resolves.toBeUndefined();
  });
});
