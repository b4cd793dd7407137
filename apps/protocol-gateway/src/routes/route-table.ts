import type { DeviceId } from '@chargebus/domain';
import { toInstant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import type { CloseReason, DeviceLink } from '../links/device-link';
import type { GatewayMetrics } from '../metrics';
import type { Orders } from '../orders/orders';
import type { Claims } from './claims';
import { movesTo, yieldsTo } from './decide-claim';
import type { Claim } from './decide-claim';
import { Route } from './route';

export interface RouteTableOptions {
  readonly instance: string; // names this process among its replicas
  readonly maxDevicesPerLink: number;
}
export interface RouteTableHost {
  readonly clock: Clock;
  readonly facts: Pick<FactPublisher, 'publish'>;
  readonly orders: Pick<Orders, 'open' | 'moved' | 'close'>;
  readonly claims: Pick<Claims, 'announce'>;
  readonly metrics: Pick<GatewayMetrics, 'superseded'>;
  readonly logger: Logger;
}

/** Which connection carries which device. One connection may carry many; a device is carried by one. */
export class RouteTable {
  private readonly routes = new Map<DeviceId, Route>();
  private claimNo = 0;

  constructor(
    private readonly options: RouteTableOptions,
    private readonly host: RouteTableHost,
  ) {}

  get size(): number {
    return this.routes.size;
  }
  find(deviceId: DeviceId): Route | undefined {
    return this.routes.get(deviceId);
  }
  all(): IterableIterator<Route> {
    return this.routes.values();
  }

  /** A whole frame of the device came over this link. Null: it stays with another connection. */
  seen(link: DeviceLink, deviceId: DeviceId, nowMs: number): Route | null {
    const route = this.routes.get(deviceId);
    if (route?.link === link) {
      route.lastFrameMs = nowMs;
      return route;
    }
    if (link.routes.length >= this.options.maxDevicesPerLink) {
      link.close('too_many_devices');
      return null;
    }
    if (route === undefined) return this.open(link, deviceId, nowMs);
    if (route.link.isProved && !link.isProved) return null;
    const held = { connectionNo: route.link.no, lastFrameMs: route.lastFrameMs };
    return movesTo({ connectionNo: link.no, nowMs }, held) ? this.move(route, link, nowMs) : null;
  }

  /** Another replica has the device now. */
  claimedElsewhere(deviceId: DeviceId, theirs: Claim): void {
    const route = this.routes.get(deviceId);
    if (route === undefined) return;
    const ageMs = this.host.clock.nowMs() - route.claimedMs;
    const ours = { instance: this.options.instance, atMs: this.host.clock.epochMs() - ageMs };
    if (!yieldsTo(theirs, ours, ageMs)) return;
    const { link } = route;
    this.close(route, 'superseded');
    this.logSuperseded(route, link);
    if (link.routes.length === 0) link.close('superseded');
  }

  linkEnded(link: DeviceLink, reason: CloseReason): void {
    for (const route of [...link.routes]) this.close(route, reason);
  }

  /** Says again what was claimed while nobody could hear it. */
  announceSince(sinceMs: number): void {
    for (const route of this.routes.values()) if (route.claimedMs >= sinceMs) this.announce(route);
  }

  private open(link: DeviceLink, deviceId: DeviceId, nowMs: number): Route {
    const route = new Route(deviceId, link, ++this.claimNo, nowMs, nowMs);
    this.routes.set(deviceId, route);
    link.routes.push(route);
    this.connected(route);
    this.host.orders.open(route);
    this.announce(route);
    return route;
  }

  private move(route: Route, link: DeviceLink, nowMs: number): Route {
    const old = route.link;
    this.disconnected(route, 'superseded');
    old.routes.splice(old.routes.indexOf(route), 1);
    route.link = link;
    route.claimNo = ++this.claimNo;
    route.claimedMs = route.lastFrameMs = nowMs;
    link.routes.push(route);
    this.connected(route);
    this.host.orders.moved(route);
    this.announce(route);
    this.logSuperseded(route, old);
    if (old.routes.length === 0) old.close('superseded');
    return route;
  }

  private close(route: Route, reason: CloseReason): void {
    this.routes.delete(route.deviceId);
    route.link.routes.splice(route.link.routes.indexOf(route), 1);
    this.host.orders.close(route);
    this.disconnected(route, reason);
  }

  private announce(route: Route): void {
    this.host.claims.announce(route.deviceId, this.host.clock.epochMs() - (this.host.clock.nowMs() - route.claimedMs));
  }

  private logSuperseded({ deviceId }: Route, old: DeviceLink): void {
    this.host.metrics.superseded.inc();
    this.host.logger.info({ deviceId, connectionId: old.connectionId }, 'device came back on a newer connection');
  }

  private connected(route: Route): void {
    const { link, deviceId } = route;
    const driver = link.protocolDriver;
    if (driver === null) return;
    this.publish(route, {
      type: 'device.connected',
      id: `${link.connectionId}:${deviceId}:${route.claimNo}:up`,
      deviceId,
      at: toInstant(this.host.clock.epochMs()),
      connectionId: link.connectionId,
      protocol: driver.name,
      remoteAddress: link.remoteAddress,
      heartbeatIntervalS: driver.profile.heartbeatIntervalS,
    });
  }

  private disconnected(route: Route, reason: CloseReason): void {
    const { link, deviceId } = route;
    this.publish(route, {
      type: 'device.disconnected',
      id: `${link.connectionId}:${deviceId}:${route.claimNo}:down`,
      deviceId,
      at: toInstant(this.host.clock.epochMs()),
      connectionId: link.connectionId,
      reason,
    });
  }

  private publish(route: Route, fact: ProtocolEvent): void {
    this.host.facts.publish(route.part, [fact], null);
  }
}
