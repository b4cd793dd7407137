import { CommandFinished, DeviceFirmwareReported, DeviceOnline, DeviceRegistration } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { UpgradeRepository } from '@chargebus/persistence/fleet';
import type { UpgradeBook } from './upgrade-book';
import { onReport } from './upgrade-rules';

const KIND = 'firmware.update';

/**
 * What devices and orders tell about upgrades. How far one is, is written; everything else only has a runner look at once
 * instead of later, so a repeat or an overtaking does no harm, and what is missed is found by the next look.
 */
export class UpgradeConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly database: Database,
    private readonly upgrades: UpgradeRepository,
    private readonly book: UpgradeBook,
    private readonly runner: { wake(): void },
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'fleet-upgrades',
      types: [CommandFinished.type, DeviceOnline.type, DeviceRegistration.type, DeviceFirmwareReported.type],
      maxMessages: 256,
      handle: (events) => this.handle(events),
    });
  }

  start(): Promise<void> {
    return this.consumer.start();
  }
  stop(): Promise<void> {
    return this.consumer.stop();
  }

  private async handle(all: readonly EventEnvelope[]): Promise<void> {
    const events = all.filter((event) => event.deviceId !== null && concerns(event));
    if (events.length === 0) return;
    for (const event of events) if (isReport(event)) await this.follow(event);
    const news = events.filter((event) => !isReport(event) || event.data.phase === 'done');
    if (news.length === 0) return;
    const tenants = [...new Set(news.map(({ tenantId }) => tenantId))];
    const devices = [...new Set(news.map(({ deviceId }) => deviceId ?? ''))];
    const woken = await this.database.transaction(forTenants(tenants), (tx) => this.upgrades.wake(tx, devices));
    if (woken > 0) this.runner.wake();
  }

  private async follow(report: DeviceFirmwareReported): Promise<void> {
    const { deviceId, tenantId } = report;
    if (deviceId === null) return;
    const [open] = await this.database.transaction(forTenants([tenantId]), (tx) =>
      this.upgrades.openOf(tx, [deviceId]),
    );
    const change = open === undefined ? null : onReport(open, report, Date.now());
    if (open !== undefined && change !== null) await this.book.change(open, change);
  }
}

const isReport = (event: EventEnvelope): event is DeviceFirmwareReported => event.type === DeviceFirmwareReported.type;
const concerns = (event: EventEnvelope): boolean =>
  event.type !== CommandFinished.type || (event as CommandFinished).data.kind === KIND;
