import { BlobStore, Bus, DeviceMembership } from '@chargebus/messaging';
import { Metrics } from '@chargebus/observability';
import type { HealthCheck, Logger } from '@chargebus/observability';
import { Database } from '@chargebus/persistence';
import { ExportRepository, IdempotencyRepository } from '@chargebus/persistence/iam';
import { SecretBox, SignedLink, UploadLink } from '@chargebus/security';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Redis } from 'ioredis';
import { accessProviders } from './access.providers';
import { ApprovalController } from './approvals/approval.controller';
import { AuditController } from './audit/audit.controller';
import { BatchController } from './batches/batch.controller';
import { ChargeController } from './charge/charge.controller';
import { ClientController } from './clients/client.controller';
import { KeyController } from './clients/key.controller';
import { CommandController } from './commands/command.controller';
import { OrderController } from './commands/order.controller';
import type { Config } from './config';
import { CredentialController } from './devices/credential.controller';
import { DeviceController } from './devices/device.controller';
import { DeviceFileController } from './devices/device-file.controller';
import { FleetStatusController } from './devices/fleet-status.controller';
import { SocketController } from './devices/socket.controller';
import { RegistryController } from './devices/registry.controller';
import { DocumentController } from './docs/document.controller';
import { Blobs } from './downloads/blobs';
import { DownloadController } from './downloads/download.controller';
import { CatalogueController } from './events/catalogue.controller';
import { ExportController } from './exports/export.controller';
import { EXPORT_BUCKET, EXPORT_KEEP_MS, ExportRunner } from './exports/export-runner';
import { RetentionController } from './history/retention.controller';
import { HistoryController } from './history/history.controller';
import { FailureEvents } from './events/failure-events';
import { MaintenanceController } from './events/maintenance.controller';
import { EventStreams } from './events/event-streams';
import { StreamController } from './events/stream.controller';
import { RolloutController } from './firmware/rollout.controller';
import { FirmwareController } from './firmware/firmware.controller';
import { UpgradeController } from './firmware/upgrade.controller';
import { ErrorFilter } from './http/error.filter';
import { IdempotencyService } from './idempotency/idempotency.service';
import type { ApiMetrics } from './metrics';
import { JobController } from './jobs/job.controller';
import { LogController } from './logs/log.controller';
import { OperationsController } from './operations/operations.controller';
import { DeviceGroupController } from './organization/device-group.controller';
import { OrganizationController } from './organization/organization.controller';
import { RegionController } from './organization/region.controller';
import { StationController } from './organization/station.controller';
import { TemplateController } from './templates/template.controller';
import { ControlController } from './control/control.controller';
import { ParameterController } from './params/parameter.controller';
import { ParkedController } from './parked/parked.controller';
import { PrincipalController } from './principals/principal.controller';
import { RoleController } from './principals/role.controller';
import { SettingController } from './settings/setting.controller';
import { TenantController } from './tenants/tenant.controller';
import { HEALTH_CHECKS, METRICS } from './tokens';
import { TokenController } from './tokens/token.controller';
import { FrameArchive } from './trace/frame-archive';
import { LiveFrames } from './trace/live-frames';
import { TraceController } from './trace/trace.controller';
import { UploadController } from './uploads/upload.controller';
import { UserQueryController } from './users/user-query.controller';
import { WebhookDeliveryController } from './webhooks/webhook-delivery.controller';
import { WebhookEndpointController } from './webhooks/webhook-endpoint.controller';

export const CONTROLLERS: readonly Type[] = [
  ChargeController,
  FleetStatusController,
  DeviceFileController,
  DeviceController,
  HistoryController,
  RetentionController,
  ExportController,
  RegionController,
  StationController,
  DeviceGroupController,
  OrganizationController,
  CredentialController,
  CommandController,
  OrderController,
  BatchController,
  JobController,
  SocketController,
  TokenController,
  TraceController,
  CatalogueController,
  StreamController,
  MaintenanceController,
  WebhookDeliveryController,
  WebhookEndpointController,
  TenantController,
  ClientController,
  KeyController,
  PrincipalController,
  UserQueryController,
  RoleController,
  ApprovalController,
  AuditController,
  SettingController,
  LogController,
  RegistryController,
  ParameterController,
  ControlController,
  TemplateController,
  ParkedController,
  OperationsController,
  FirmwareController,
  UpgradeController,
  RolloutController,
  DownloadController,
  UploadController,
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

/** Whether a device is among those that a stream asks for is remembered for so long. */
const MEMBERSHIP = { ttlMs: 30_000, maxEntries: 200_000 };

@Module({})
export class AppModule {
  static register(context: AppContext): DynamicModule {
    const { config, logger, database } = context;
    const box = new SecretBox(config.SECRETS_KEYS);
    return {
      module: AppModule,
      controllers: [...CONTROLLERS],
      providers: [
        { provide: Bus, useValue: context.bus },
        { provide: METRICS, useValue: context.metrics },
        { provide: HEALTH_CHECKS, useValue: context.checks },
        { provide: SignedLink, useFactory: () => new SignedLink(config.SECRETS_KEYS, config.PUBLIC_BASE_URL) },
        { provide: UploadLink, useFactory: () => new UploadLink(config.SECRETS_KEYS, config.PUBLIC_BASE_URL) },
        { provide: Blobs, useFactory: () => new Blobs(context.bus) },
        { provide: LiveFrames, useFactory: () => new LiveFrames(context.bus) },
        { provide: FrameArchive, useFactory: () => new FrameArchive(context.bus) },
        ...accessProviders(context, box),
        { provide: ExportRepository, useFactory: () => new ExportRepository(database) },
        {
          provide: ExportRunner,
          inject: [ExportRepository],
          useFactory: (exports: ExportRepository) =>
            new ExportRunner(
              exports,
              context.bus,
              () => BlobStore.open(context.bus, EXPORT_BUCKET, { keepMs: EXPORT_KEEP_MS }),
              logger,
            ),
        },
        {
          provide: DeviceMembership,
          useFactory: () => new DeviceMembership(context.bus, MEMBERSHIP),
        },
        { provide: FailureEvents, useFactory: () => new FailureEvents(context.bus, logger) },
        {
          provide: EventStreams,
          useFactory: () =>
            new EventStreams(context.bus, context.apiMetrics, {
              perClient: config.STREAMS_PER_CLIENT,
              perProcess: config.STREAMS_MAX,
              heartbeatMs: config.STREAM_HEARTBEAT_MS,
              stallMs: config.STREAM_STALL_MS,
              lifetimeMs: config.STREAM_LIFETIME_S * 1_000,
            }),
        },
        {
          provide: IdempotencyService,
          useFactory: () => new IdempotencyService(new IdempotencyRepository(database), box, logger),
        },
        {
          provide: APP_FILTER,
          inject: [FailureEvents],
          useFactory: (failures: FailureEvents) => new ErrorFilter(logger, config.DEFAULT_LANGUAGE, failures),
        },
      ],
    };
  }
}
