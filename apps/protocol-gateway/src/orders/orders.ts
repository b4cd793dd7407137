import type { CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import { toInstant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { downSubject } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { DownRequest } from '@chargebus/requests';
import type { Msg, NatsConnection } from '@nats-io/nats-core';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import type { GatewayMetrics } from '../metrics';
import { readJson } from '../read-json';
import type { Route } from '../routes/route';
import { namesImage } from './firmware-images';
import type { FirmwareImages } from './firmware-images';
import { Lane } from './lane';
import { Order } from './order';
import type { Respond } from './order';
import { RecentOutcomes } from './recent-outcomes';

export interface OrdersOptions {
  readonly maxQueue: number;
}

/**
 * Orders to devices. The process subscribes to `cb.down.<device>` for exactly the devices that it holds, so NATS knows
 * where each one is, and that nobody has it.
 */
export class Orders {
  private readonly lanes = new Map<Route, Lane>();
  private readonly recent = new RecentOutcomes();
  private draining = false;

  constructor(
    private readonly nc: Pick<NatsConnection, 'subscribe'>,
    private readonly clock: Clock,
    private readonly facts: Pick<FactPublisher, 'publish'>,
    private readonly images: Pick<FirmwareImages, 'fill'>,
    private readonly metrics: GatewayMetrics,
    private readonly logger: Logger,
    private readonly options: OrdersOptions,
  ) {}

  /** Orders that wait for their turn. */
  get waiting(): number {
    return [...this.lanes.values()].reduce((sum, lane) => sum + lane.waiting, 0);
  }

  open(route: Route): void {
    if (this.draining) return;
    route.subscription = this.nc.subscribe(downSubject(route.deviceId), {
      callback: (error, message) => {
        if (error === null) this.receive(route, message);
        else this.logger.error({ err: error, deviceId: route.deviceId }, 'orders cannot be heard');
      },
    });
  }
  /** What the device's own connection wants done next. */
  runErrands(route: Route, commands: readonly DeviceCommand[]): void {
    if (this.draining) return;
    for (const command of commands)
      this.laneOf(route).submit(Order.errand(route.deviceId, command, this.clock.nowMs(), this.clock.epochMs()));
  }
  moved(route: Route): void {
    route.lane?.linkChanged();
  }
  close(route: Route): void {
    route.subscription?.unsubscribe();
    route.subscription = null;
    route.lane?.end();
    this.forget(route);
  }

  /** Takes no more orders, answers those that wait, lets those on the wire finish within `timeoutMs`. */
  async drain(routes: Iterable<Route>, timeoutMs: number): Promise<void> {
    this.draining = true;
    for (const route of routes) {
      route.subscription?.unsubscribe();
      route.subscription = null;
    }
    for (const lane of this.lanes.values()) lane.dropQueue();
    const untilMs = this.clock.nowMs() + timeoutMs;
    while ([...this.lanes.values()].some((lane) => lane.isBusy) && this.clock.nowMs() < untilMs)
      await new Promise<void>((resolve) => this.clock.after(20, resolve));
  }

  private receive(route: Route, message: Msg): void {
    const respond: Respond = (reply) => {
      message.respond(JSON.stringify(reply));
    };
    const parsed = DownRequest.safeParse(readJson(message));
    if (!parsed.success || parsed.data.deviceId !== route.deviceId) {
      this.logger.warn({ err: parsed.error, deviceId: route.deviceId }, 'unreadable order');
      this.answer(respond, { status: 'invalid', reason: 'unreadable_request' });
      return;
    }
    if (namesImage(parsed.data.command)) void this.submitFilled(route, parsed.data, respond);
    else this.submit(route, parsed.data, respond);
  }

  /** The device may be gone, or the same order asked for again, by the time its image is there. */
  private async submitFilled(route: Route, request: DownRequest, respond: Respond): Promise<void> {
    try {
      const command = await this.images.fill(request.command);
      if (route.subscription === null) this.answer(respond, { status: 'offline' });
      else this.submit(route, { ...request, command }, respond);
    } catch (error) {
      this.logger.error({ err: error, deviceId: route.deviceId, commandId: request.commandId }, 'no firmware image');
      this.answer(respond, { status: 'invalid', reason: 'firmware_image_unavailable' });
    }
  }

  private submit(route: Route, request: DownRequest, respond: Respond): void {
    const known = this.recent.find(request.commandId);
    const pending = route.lane?.find(request.commandId);
    if (known !== undefined) this.answer(respond, known);
    else if (this.draining) this.answer(respond, { status: 'offline' });
    else if (pending !== undefined) pending.join(respond);
    else this.laneOf(route).submit(new Order(request, this.clock.nowMs(), respond));
  }

  private answer(respond: Respond, outcome: CommandOutcome): void {
    respond({ stage: 'done', at: toInstant(this.clock.epochMs()), outcome, sends: 0 });
  }

  private laneOf(route: Route): Lane {
    if (route.lane !== null) return route.lane;
    const { clock, facts, logger, metrics } = this;
    const lane = new Lane(route, {
      clock,
      facts,
      maxQueue: this.options.maxQueue,
      firstWrite: (order) => {
        metrics.orderSeconds.observe((clock.nowMs() - order.arrivedMs) / 1_000);
      },
      finished: (order, outcome) => {
        this.finished(route, order, outcome);
      },
      driverFailed: (error) => {
        logger.error({ err: error, deviceId: route.deviceId }, 'driver threw at an order');
      },
      idle: () => {
        this.forget(route);
      },
    });
    this.lanes.set(route, lane);
    return (route.lane = lane);
  }

  private forget(route: Route): void {
    route.lane = null;
    this.lanes.delete(route);
  }

  private finished(route: Route, order: Order, outcome: CommandOutcome): void {
    const { deviceId } = route;
    const { commandId, command } = order.request;
    if (outcome.status === 'unsupported' && outcome.of !== undefined)
      this.noteIncapable(route, command.kind, outcome.reason, outcome.of);
    this.recent.remember(commandId, outcome);
    this.metrics.orders.inc({ kind: command.kind, outcome: outcome.status });
    this.logger.info(
      {
        deviceId,
        commandId,
        kind: command.kind,
        errand: order.isErrand,
        outcome,
        sends: order.sends,
        ms: this.clock.nowMs() - order.arrivedMs,
      },
      'order finished',
    );
    order.done(outcome, this.clock.epochMs());
  }

  /** True of every order of this kind, so that the next one need not be tried. */
  private noteIncapable({ deviceId, part }: Route, kind: DeviceCommandKind, why: string, of: 'device' | 'model'): void {
    const fact: ProtocolEvent = {
      type: 'device.incapable',
      id: `${deviceId}:incapable:${kind}:${of}`,
      deviceId,
      at: toInstant(this.clock.epochMs()),
      kind,
      why,
      of,
    };
    this.facts.publish(part, [fact], null);
  }
}
