import type { Bus } from '@chargebus/messaging';
import type { HealthCheck, Logger } from '@chargebus/observability';
import type { BusWatch } from './bus-watch';
import { drainSpreadMs, tlsFiles } from './config';
import type { Config } from './config';
import type { FactPublisher } from './facts/fact-publisher';
import type { FrameCounts } from './frames/frame-counts';
import type { FrameTrace } from './frames/frame-trace';
import type { Simulation } from './frames/simulation';
import type { Admissions } from './handshake/admissions';
import type { LinkRegistry } from './links/link-registry';
import type { TcpListener } from './links/tcp-listener';
import type { WebSocketDoor } from './links/websocket-door';
import type { GatewayMetrics } from './metrics';
import type { Answers } from './questions/answers';
import type { Orders } from './orders/orders';
import type { Claims } from './routes/claims';
import type { RouteTable } from './routes/route-table';

/** At the end: how long facts may take to reach the stream. What is lost then, the device repeats. */
const FLUSH_MS = 5_000;

export interface GatewayParts {
  readonly bus: Bus;
  readonly watch: BusWatch;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly facts: FactPublisher;
  readonly claims: Claims;
  readonly routes: RouteTable;
  readonly orders: Orders;
  readonly links: LinkRegistry;
  readonly listener: TcpListener;
  readonly answers: Answers;
  readonly door: WebSocketDoor;
  readonly admissions: Admissions;
  readonly trace: FrameTrace;
  readonly counts: FrameCounts;
  readonly simulation: Simulation;
}
/** Where devices may connect. */
export interface DevicePorts {
  readonly tcp: number;
  readonly ws: number;
  readonly wss: number | null; // null: off
  readonly mtls: number | null;
}

/** The order in which the gateway begins and ends. */
export class GatewayService {
  readonly checks: Readonly<Record<string, HealthCheck>>;

  constructor(
    private readonly config: Config,
    private readonly parts: GatewayParts,
  ) {
    this.checks = { nats: () => parts.bus.ping() };
  }

  /** Resolves with the ports that devices connect to. */
  async start(): Promise<DevicePorts> {
    const { admissions, answers, claims, door, facts, links, listener, metrics, orders, routes, watch } = this.parts;
    this.parts.trace.listen();
    this.parts.simulation.start();
    metrics.gauge('connections', 'device connections', () => links.size);
    metrics.gauge('devices', 'devices that orders can reach', () => routes.size);
    metrics.gauge('orders_waiting', 'orders in the queues of devices', () => orders.waiting);
    metrics.gauge('fact_backlog_bytes', 'facts that the stream has not acknowledged', () => facts.backlog);
    facts.whenPressureChanges((high) => {
      links.holdAll(high);
    });
    claims.listen((deviceId, claim) => {
      routes.claimedElsewhere(deviceId, claim);
    });
    watch.whenReconnected((lostAtMs) => {
      routes.announceSince(lostAtMs);
      admissions.forgetAll();
    });
    admissions.listen((deviceId) => {
      routes.find(deviceId)?.link.close('not_admitted');
    });
    links.start();
    answers.start();
    const tcp = await listener.listen(this.config.DEVICE_TCP_HOST, this.config.DEVICE_TCP_PORT);
    return { tcp, ...(await this.openDoor(door)) };
  }

  private async openDoor(door: WebSocketDoor): Promise<Omit<DevicePorts, 'tcp'>> {
    const { DEVICE_MTLS_PORT, DEVICE_WS_HOST, DEVICE_WS_PORT, DEVICE_WSS_PORT } = this.config;
    const listenTls = async (port: number | undefined, mutual: boolean): Promise<number | null> =>
      port === undefined ? null : door.listenTls(DEVICE_WS_HOST, port, tlsFiles(this.config, mutual));
    return {
      ws: await door.listen(DEVICE_WS_HOST, DEVICE_WS_PORT),
      wss: await listenTls(DEVICE_WSS_PORT, false),
      mtls: await listenTls(DEVICE_MTLS_PORT, true),
    };
  }

  /**
   * Devices go to another replica: first the orders, then those that can be told when to leave, then what the others
   * said, then the sockets.
   */
  async stop(): Promise<void> {
    const { bus, counts, door, facts, links, listener, logger, orders, routes } = this.parts;
    listener.close();
    door.close();
    await orders.drain(routes.all(), this.config.DRAIN_ORDERS_MS);
    await links.dismissMessages(drainSpreadMs(this.config));
    links.holdAll(true);
    await facts.flush(FLUSH_MS); // the answers that wait for it are written
    links.stop('gateway_shutdown');
    if (!(await facts.flush(FLUSH_MS))) logger.warn({ bytes: facts.backlog }, 'facts left behind');
    await counts.flush();
    await bus.close();
  }
}
