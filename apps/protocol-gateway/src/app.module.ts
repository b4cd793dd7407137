import { Bus } from '@chargebus/messaging';
import type { ProtocolDriver } from '@chargebus/protocol-core';
import type { ServiceContext } from '@chargebus/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { BusWatch } from './bus-watch';
import { systemClock as clock } from './clock';
import type { Config } from './config';
import { BusFactStream } from './facts/bus-fact-stream';
import { FactPublisher } from './facts/fact-publisher';
import { GatewayService } from './gateway.service';
import { Admission } from './links/admission';
import { LinkRegistry } from './links/link-registry';
import { TcpListener } from './links/tcp-listener';
import { declareMetrics } from './metrics';
import { Orders } from './orders/orders';
import { Questions } from './questions/questions';
import { Claims } from './routes/claims';
import { RouteTable } from './routes/route-table';

/** All wiring. `drivers` is what makes the gateway speak; nothing else here knows a protocol. */
@Module({})
export class AppModule {
  static register(
    { config, logger, metrics: registry }: ServiceContext<Config>,
    drivers: readonly ProtocolDriver[],
  ): DynamicModule {
    const instance = randomBytes(5).toString('hex'); // names this process among its replicas
    const metrics = declareMetrics(registry);
    return {
      module: AppModule,
      providers: [
        { provide: Bus, useFactory: () => Bus.connect({ url: config.NATS_URL, app: 'protocol-gateway', logger }) },
        { provide: BusWatch, inject: [Bus], useFactory: (bus: Bus) => new BusWatch(bus.nc, clock) },
        {
          provide: FactPublisher,
          inject: [Bus, BusWatch],
          useFactory: (bus: Bus, watch: BusWatch) =>
            new FactPublisher(new BusFactStream(bus, watch), clock, metrics, logger, {
              instance,
              intervalMs: config.FACT_BATCH_INTERVAL_MS,
              maxBatchBytes: config.FACT_BATCH_MAX_BYTES,
              maxBacklogBytes: config.FACT_BACKLOG_MAX_BYTES,
            }),
        },
        { provide: Questions, inject: [Bus], useFactory: (bus: Bus) => new Questions(bus, metrics, logger) },
        { provide: Claims, inject: [Bus], useFactory: (bus: Bus) => new Claims(bus.nc, instance, logger) },
        {
          provide: Orders,
          inject: [Bus, FactPublisher],
          useFactory: (bus: Bus, facts: FactPublisher) =>
            new Orders(bus.nc, clock, facts, metrics, logger, { maxQueue: config.ORDER_QUEUE_MAX }),
        },
        {
          provide: RouteTable,
          inject: [FactPublisher, Orders, Claims],
          useFactory: (facts: FactPublisher, orders: Orders, claims: Claims) =>
            new RouteTable(
              { instance, maxDevicesPerLink: config.CONNECTION_MAX_DEVICES },
              { clock, facts, orders, claims, metrics, logger },
            ),
        },
        {
          provide: LinkRegistry,
          inject: [FactPublisher, RouteTable, Questions],
          useFactory: (facts: FactPublisher, routes: RouteTable, questions: Questions) => {
            const limits = {
              bytesPerS: config.CONNECTION_BYTES_PER_S,
              errorsPerMinute: config.CONNECTION_ERRORS_PER_MINUTE,
              identifyMs: config.CONNECTION_IDENTIFY_S * 1_000,
            };
            return new LinkRegistry(instance, { clock, logger, drivers, limits, facts, routes, questions, metrics });
          },
        },
        {
          provide: TcpListener,
          inject: [LinkRegistry],
          useFactory: (links: LinkRegistry) => {
            const { DEVICE_MAX_CONNECTIONS, DEVICE_MAX_CONNECTIONS_PER_ADDRESS } = config;
            const admission = new Admission(DEVICE_MAX_CONNECTIONS, DEVICE_MAX_CONNECTIONS_PER_ADDRESS);
            return new TcpListener(links, admission, metrics, logger);
          },
        },
        {
          provide: GatewayService,
          inject: [Bus, BusWatch, FactPublisher, Claims, RouteTable, Orders, LinkRegistry, TcpListener],
          useFactory: (
            bus: Bus,
            watch: BusWatch,
            facts: FactPublisher,
            claims: Claims,
            routes: RouteTable,
            orders: Orders,
            links: LinkRegistry,
            listener: TcpListener,
          ) =>
            new GatewayService(config, { bus, watch, logger, metrics, facts, claims, routes, orders, links, listener }),
        },
      ],
    };
  }
}
