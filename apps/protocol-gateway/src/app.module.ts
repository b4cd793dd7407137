import { Bus } from '@chargebus/messaging';
import type { MessageDriver, ProtocolDriver } from '@chargebus/protocol-core';
import { ConfirmCredentials, RaiseDeviceAlarm } from '@chargebus/requests';
import type { ServiceContext } from '@chargebus/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { BusWatch } from './bus-watch';
import { systemClock as clock } from './clock';
import { attemptLimits, doorOptions, handshakeOptions } from './config';
import type { Config } from './config';
import { BusFactStream } from './facts/bus-fact-stream';
import { FactPublisher } from './facts/fact-publisher';
import { FrameCounts } from './frames/frame-counts';
import { FrameTrace } from './frames/frame-trace';
import { FrameWatch } from './frames/frame-watch';
import { Simulation } from './frames/simulation';
import { GatewayService } from './gateway.service';
import { Admissions } from './handshake/admissions';
import { Attempts } from './handshake/attempts';
import { Handshake } from './handshake/handshake';
import { PasswordCheck } from './handshake/password-check';
import { TakeoverWatch } from './handshake/takeover-watch';
import { Admission } from './links/admission';
import { LinkRegistry } from './links/link-registry';
import { TcpListener } from './links/tcp-listener';
import { WebSocketDoor } from './links/websocket-door';
import { declareMetrics } from './metrics';
import { FirmwareImages } from './orders/firmware-images';
import { Orders } from './orders/orders';
import { Answers } from './questions/answers';
import { Questions } from './questions/questions';
import { Claims } from './routes/claims';
import { RouteTable } from './routes/route-table';

/** All wiring. `drivers` is what makes the gateway speak; nothing else here knows a protocol. */
@Module({})
export class AppModule {
  static register(
    { config, logger, metrics: registry }: ServiceContext<Config>,
    drivers: readonly ProtocolDriver[],
    messageDrivers: readonly MessageDriver[],
  ): DynamicModule {
    const instance = randomBytes(5).toString('hex'); // names this process among its replicas
    const metrics = declareMetrics(registry);
    return {
      module: AppModule,
      providers: [
        {
          provide: Bus,
          useFactory: () =>
            Bus.connect({
              url: config.NATS_URL,
              replicas: config.NATS_STREAM_REPLICAS,
              app: 'protocol-gateway',
              logger,
            }),
        },
        { provide: BusWatch, inject: [Bus], useFactory: (bus: Bus) => new BusWatch(bus.nc, clock) },
        {
          provide: FactPublisher,
          inject: [Bus, BusWatch],
          useFactory: (bus: Bus, watch: BusWatch) =>
            new FactPublisher(new BusFactStream(bus, watch), clock, metrics, logger, {
              instance,
              intervalMs: config.FACT_BATCH_INTERVAL_MS,
              patienceMs: config.FACT_PATIENCE_MS,
              maxBatchBytes: config.FACT_BATCH_MAX_BYTES,
              maxBacklogBytes: config.FACT_BACKLOG_MAX_BYTES,
            }),
        },
        { provide: Questions, inject: [Bus], useFactory: (bus: Bus) => new Questions(bus, metrics, logger) },
        {
          provide: Answers,
          inject: [Bus],
          useFactory: (bus: Bus) => new Answers(bus, [...drivers, ...messageDrivers]),
        },
        {
          provide: FrameTrace,
          inject: [Bus, BusWatch],
          useFactory: (bus: Bus, watch: BusWatch) =>
            new FrameTrace(bus.nc, watch, clock, metrics, logger, config.TRACE_FRAMES_PER_S),
        },
        {
          provide: FrameCounts,
          inject: [Bus],
          useFactory: (bus: Bus) => new FrameCounts(bus, clock, logger, instance, config.FRAME_REPORT_S * 1_000),
        },
        {
          provide: Simulation,
          inject: [Bus, FactPublisher],
          useFactory: (bus: Bus, facts: FactPublisher) => new Simulation(bus, facts, clock, config.CHARGEBUS_PROFILE),
        },
        { provide: Claims, inject: [Bus], useFactory: (bus: Bus) => new Claims(bus.nc, instance, logger) },
        {
          provide: Orders,
          inject: [Bus, FactPublisher],
          useFactory: (bus: Bus, facts: FactPublisher) =>
            new Orders(bus.nc, clock, facts, new FirmwareImages(bus), metrics, logger, {
              maxQueue: config.ORDER_QUEUE_MAX,
            }),
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
          inject: [FactPublisher, RouteTable, Orders, Questions, FrameTrace, FrameCounts],
          useFactory: (
            facts: FactPublisher,
            routes: RouteTable,
            orders: Orders,
            questions: Questions,
            trace: FrameTrace,
            counts: FrameCounts,
          ) => {
            const limits = {
              bytesPerS: config.CONNECTION_BYTES_PER_S,
              errorsPerMinute: config.CONNECTION_ERRORS_PER_MINUTE,
              identifyMs: config.CONNECTION_IDENTIFY_S * 1_000,
            };
            return new LinkRegistry(instance, {
              clock,
              logger,
              drivers,
              limits,
              facts,
              routes,
              orders,
              questions,
              metrics,
              frames: new FrameWatch(clock, metrics, trace, counts),
            });
          },
        },
        {
          provide: Admission,
          useFactory: () => new Admission(config.DEVICE_MAX_CONNECTIONS, config.DEVICE_MAX_CONNECTIONS_PER_ADDRESS),
        },
        {
          provide: TcpListener,
          inject: [LinkRegistry, Admission],
          useFactory: (links: LinkRegistry, admission: Admission) => new TcpListener(links, admission, metrics, logger),
        },
        { provide: Admissions, inject: [Bus], useFactory: (bus: Bus) => new Admissions(bus, clock, logger) },
        {
          provide: WebSocketDoor,
          inject: [Bus, LinkRegistry, RouteTable, Admission, Admissions],
          useFactory: (
            bus: Bus,
            registry: LinkRegistry,
            routes: RouteTable,
            admission: Admission,
            admissions: Admissions,
          ) => {
            const attempts = new Attempts(attemptLimits(config), clock.nowMs());
            const takeovers = new TakeoverWatch(clock.nowMs());
            const passwords = new PasswordCheck();
            const handshake = new Handshake(handshakeOptions(config), {
              clock,
              drivers: messageDrivers,
              admissions,
              attempts,
              passwords,
              takeovers,
            });
            return new WebSocketDoor(doorOptions(config), {
              clock,
              logger,
              metrics,
              registry,
              routes,
              admission,
              admissions,
              handshake,
              attempts,
              takeovers,
              credentialsUsed: (deviceId, used) => {
                admissions.forget(deviceId);
                bus.ask(ConfirmCredentials, { deviceId, ...used }).catch((error: unknown) => {
                  logger.warn({ err: error, deviceId }, 'the next connection will say again that it uses them');
                });
              },
              contested: (deviceId, addresses) => {
                logger.error({ deviceId, addresses }, 'two stations fight for one identity');
                const alarm = {
                  deviceId,
                  causeId: `contested:${deviceId}:${instance}:${clock.epochMs()}`,
                  alarmType: 'identity_contested',
                  message: `two stations use the identity ${deviceId}`,
                  details: { addresses },
                };
                bus.ask(RaiseDeviceAlarm, alarm).catch((error: unknown) => {
                  logger.warn({ err: error, deviceId }, 'alarm not raised');
                });
              },
            });
          },
        },
        {
          provide: GatewayService,
          inject: [
            Bus,
            BusWatch,
            FactPublisher,
            Claims,
            RouteTable,
            Orders,
            LinkRegistry,
            TcpListener,
            WebSocketDoor,
            Admissions,
            Answers,
            FrameTrace,
            FrameCounts,
            Simulation,
          ],
          useFactory: (
            bus: Bus,
            watch: BusWatch,
            facts: FactPublisher,
            claims: Claims,
            routes: RouteTable,
            orders: Orders,
            links: LinkRegistry,
            listener: TcpListener,
            door: WebSocketDoor,
            admissions: Admissions,
            answers: Answers,
            trace: FrameTrace,
            counts: FrameCounts,
            simulation: Simulation,
          ) =>
            new GatewayService(config, {
              bus,
              watch,
              logger,
              metrics,
              facts,
              claims,
              routes,
              orders,
              links,
              listener,
              door,
              admissions,
              answers,
              trace,
              counts,
              simulation,
            }),
        },
      ],
    };
  }
}
