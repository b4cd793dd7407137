import { Bus } from '@chargebus/messaging';
import { Metrics } from '@chargebus/observability';
import type { HealthCheck, Logger } from '@chargebus/observability';
import { Database } from '@chargebus/persistence';
import {
  ClientRepository,
  IdempotencyRepository,
  RequestLogRepository,
  TenantRepository,
} from '@chargebus/persistence/iam';
import { SecretBox, SignedLink } from '@chargebus/security';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Redis } from 'ioredis';
import { Admission } from './auth/admission';
import { AuthGuard } from './auth/auth.guard';
import { Authenticator } from './auth/authenticator';
import { ClientDirectory } from './auth/client-directory';
import { ChargeController } from './charge/charge.controller';
import { ClientController } from './clients/client.controller';
import { ClientNews } from './clients/client-news';
import { ClientService } from './clients/client.service';
import { CommandController } from './commands/command.controller';
import { OrderController } from './commands/order.controller';
import type { Config } from './config';
import { CredentialController } from './devices/credential.controller';
import { DeviceController } from './devices/device.controller';
import { SocketController } from './devices/socket.controller';
import { RegistryController } from './devices/registry.controller';
import { DocumentController } from './docs/document.controller';
import { Blobs } from './downloads/blobs';
import { DownloadController } from './downloads/download.controller';
import { CatalogueController } from './events/catalogue.controller';
import { HistoryController } from './history/history.controller';
import { ErrorFilter } from './http/error.filter';
import { IdempotencyService } from './idempotency/idempotency.service';
import type { ApiMetrics } from './metrics';
import { OperationsController } from './operations/operations.controller';
import { DeviceGroupController } from './organization/device-group.controller';
import { OrganizationController } from './organization/organization.controller';
import { RegionController } from './organization/region.controller';
import { StationController } from './organization/station.controller';
import { ParkedController } from './parked/parked.controller';
import { RequestLog } from './request-log/request-log';
import { TenantController } from './tenants/tenant.controller';
import { HEALTH_CHECKS, METRICS } from './tokens';
import { TokenController } from './tokens/token.controller';
import { FrameArchive } from './trace/frame-archive';
import { LiveFrames } from './trace/live-frames';
import { TraceController } from './trace/trace.controller';
import { WebhookController } from './webhooks/webhook.controller';

export const CONTROLLERS: readonly Type[] = [
  ChargeController,
  DeviceController,
  HistoryController,
  RegionController,
  StationController,
  DeviceGroupController,
  OrganizationController,
  CredentialController,
  CommandController,
  OrderController,
  SocketController,
  TokenController,
  TraceController,
  CatalogueController,
  WebhookController,
  TenantController,
  ClientController,
  RegistryController,
  ParkedController,
  OperationsController,
  DownloadController,
  DocumentController,
];

/** What outlives the module: connections and what the process was started with. */
export interface AppContext {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly apiMetrics: ApiMetrics;
  readonly bus: Bus;
  readonly database: Database;
  readonly redis: Redis;
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

@Module({})
export class AppModule {
  static register(context: AppContext): DynamicModule {
    const { config, logger, apiMetrics, database, redis } = context;
    const box = new SecretBox(config.SECRETS_KEYS);
    return {
      module: AppModule,
      controllers: [...CONTROLLERS],
      providers: [
        { provide: Bus, useValue: context.bus },
        { provide: METRICS, useValue: context.metrics },
        { provide: HEALTH_CHECKS, useValue: context.checks },
        { provide: SignedLink, useFactory: () => new SignedLink(config.SECRETS_KEYS, config.PUBLIC_BASE_URL) },
        { provide: Blobs, useFactory: () => new Blobs(context.bus) },
        { provide: LiveFrames, useFactory: () => new LiveFrames(context.bus) },
        { provide: FrameArchive, useFactory: () => new FrameArchive(context.bus) },
        { provide: TenantRepository, useFactory: () => new TenantRepository(database) },
        { provide: ClientRepository, useFactory: () => new ClientRepository(database) },
        {
          provide: ClientDirectory,
          inject: [ClientRepository],
          useFactory: (clients: ClientRepository) => new ClientDirectory(clients, box, logger, config.CLIENT_CACHE_MS),
        },
        {
          provide: ClientNews,
          inject: [ClientDirectory],
          useFactory: (directory: ClientDirectory) => new ClientNews(context.bus, directory),
        },
        {
          provide: ClientService,
          inject: [TenantRepository, ClientRepository, ClientNews],
          useFactory: (tenants: TenantRepository, clients: ClientRepository, news: ClientNews) =>
            new ClientService(tenants, clients, box, news),
        },
        {
          provide: IdempotencyService,
          useFactory: () => new IdempotencyService(new IdempotencyRepository(database), box, logger),
        },
        {
          provide: RequestLog,
          useFactory: () =>
            new RequestLog(new RequestLogRepository(database), apiMetrics, logger, {
              retentionDays: config.REQUEST_LOG_RETENTION_DAYS,
              bufferRows: config.REQUEST_LOG_BUFFER_ROWS,
            }),
        },
        {
          provide: APP_GUARD,
          inject: [ClientDirectory],
          useFactory: (directory: ClientDirectory) =>
            new AuthGuard(
              new Authenticator(directory, config.SIGNATURE_WINDOW_S),
              new Admission(
                redis,
                {
                  clientPerMin: config.RATE_LIMIT_CLIENT_PER_MIN,
                  tenantPerMin: config.RATE_LIMIT_TENANT_PER_MIN,
                  deviceOrdersPerMin: config.RATE_LIMIT_DEVICE_ORDERS_PER_MIN,
                },
                config.SIGNATURE_WINDOW_S,
              ),
              apiMetrics,
            ),
        },
        {
          provide: APP_FILTER,
          useFactory: () => new ErrorFilter(logger, config.DEFAULT_LANGUAGE, config.HTTP_BODY_LIMIT_BYTES),
        },
      ],
    };
  }
}
