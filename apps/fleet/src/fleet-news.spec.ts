import { randomUUID } from 'node:crypto';
import { DeviceId, TenantId, toInstant } from '@chargebus/domain';
import { DeviceNotFound, ServiceUnavailable } from '@chargebus/errors';
import { DeviceUpgradeProgress, JobProgress } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { createLogger } from '@chargebus/observability';
import { AnnounceDeviceEvent } from '@chargebus/requests';
import { FakeBus } from '../test/fake-bus';
import { FleetNews } from './fleet-news';

const DEVICE = DeviceId.parse('04AB373B');
const TENANT = TenantId.parse(randomUUID());
const event = (
  { type, version, example }: typeof DeviceUpgradeProgress | typeof JobProgress,
  id: string,
  deviceId: DeviceId | null,
): EventEnvelope => ({
  ...{ id, type, version, deviceId },
  tenantId: TENANT,
  occurredAt: toInstant(Date.parse('2024-01-13T10:00:00.000Z')),
  sequence: 1,
  causeId: null,
  data: example,
});

describe('news of fleet', () => {
  const steps = ['a1', 'a2', 'a3'].map((id) => event(DeviceUpgradeProgress, id, DEVICE));
  let announced: string[];
  let bus: FakeBus;
  let news: FleetNews;
  beforeEach(() => {
    announced = [];
    bus = new FakeBus();
    bus.answer(AnnounceDeviceEvent, ({ causeId }) => {
      announced.push(causeId);
      return Promise.resolve({});
    });
    news = new FleetNews(bus, createLogger('fleet', 'silent'));
  });

  it('I17 gives what is about a device to whoever numbers its events, one after the other', async () => {
    await news.publishEvents([...steps, event(JobProgress, 'j', null)]);
    expect(announced).toEqual(['a1', 'a2', 'a3']);
    expect(bus.published.map(({ id }) => id)).toEqual(['j']);
  });

  it('I17 keeps what cannot be told now, and forgets what is about a device that is gone', async () => {
    bus.answer(AnnounceDeviceEvent, () => Promise.reject(new ServiceUnavailable({ service: 'session' })));
    await expect(news.publishEvents(steps)).rejects.toThrow(ServiceUnavailable);
    bus.answer(AnnounceDeviceEvent, ({ deviceId }) => Promise.reject(new DeviceNotFound({ deviceId })));
    await expect(news.publishEvents(steps)).resolves.toBeUndefined();
  });
});
