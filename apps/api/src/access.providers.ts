import { ConfigError } from '@chargebus/config';
import {
  RateLimitDeviceOrdersPerMin,
  RateLimitKeyPerMin,
  RateLimitTenantPerMin,
  RequestLogRetentionDays,
} from '@chargebus/domain';
import { ARCHIVE_BUCKET, Archiver, RetentionKeeper, RetentionRepository } from '@chargebus/persistence';
import {
  ApprovalRepository,
  AuditRepository,
  ClientRepository,
  REQUEST_ARCHIVE,
  RequestLogReader,
  RequestLogRepository,
  RoleRepository,
  SettingRepository,
  TenantRepository,
} from '@chargebus/persistence/iam';
import { derivedKeys } from '@chargebus/security';
import type { SecretBox } from '@chargebus/security';
import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { AppContext } from './app.module';
import { ApprovalNews } from './approvals/approval-news';
import { ApprovalService } from './approvals/approval.service';
import { AuditLog } from './audit/audit-log';
import { Admission } from './auth/admission';
import { AuthGuard } from './auth/auth.guard';
import { Authenticator } from './auth/authenticator';
import { Authority } from './auth/authority';
import { ClientDirectory } from './auth/client-directory';
import { FairGate } from './auth/fair-gate';
import { GuessLimiter } from './auth/guess-limiter';
import { LastUse } from './auth/last-use';
import { TokenIssuer } from './auth/token-issuer';
import { JwksFileIssuer, sharedSecretIssuer } from './auth/token-trust';
import type { TrustedIssuer } from './auth/token-trust';
import { TokenVerifier } from './auth/token-verifier';
import { ClientService } from './clients/client.service';
import type { Config } from './config';
import { Reach } from './devices/reach';
import { SharedAnswers } from './devices/shared-answers';
import { Blobs } from './downloads/blobs';
import { News } from './news';
import { RequestLog } from './request-log/request-log';
import { SettingService } from './settings/setting.service';
import { Settings } from './settings/settings';

const WAITING_PER_TENANT = 500;
const WAIT_FOR_PLACE_MS = 5_000;

/** Who may do what, and what is kept of it: the part of the wiring that every call passes. */
export function accessProviders(context: AppContext, box: SecretBox): Provider[] {
  return [...stores(context), ...principals(context, box), ...doors(context), ...services(context, box)];
}

function stores({ database }: AppContext): Provider[] {
  return [
    { provide: TenantRepository, useFactory: () => new TenantRepository(database) },
    { provide: ClientRepository, useFactory: () => new ClientRepository(database) },
    { provide: RoleRepository, useFactory: () => new RoleRepository(database) },
    { provide: AuditRepository, useFactory: () => new AuditRepository(database) },
    { provide: ApprovalRepository, useFactory: () => new ApprovalRepository(database) },
    { provide: SettingRepository, useFactory: () => new SettingRepository(database) },
    { provide: RequestLogReader, useFactory: () => new RequestLogReader(database) },
  ];
}

function principals({ bus, config, logger }: AppContext, box: SecretBox): Provider[] {
  const [ownKey, ...olderKeys] = derivedKeys(config.SECRETS_KEYS, 'chargebus token');
  const audience = config.AUTH_TOKEN_AUDIENCE ?? null;
  return [
    { provide: News, useFactory: () => new News(bus) },
    { provide: SharedAnswers, inject: [News], useFactory: (news: News) => new SharedAnswers(bus, news) },
    {
      provide: Authority,
      inject: [RoleRepository],
      useFactory: (roles: RoleRepository) => Authority.load(roles),
    },
    {
      provide: ClientDirectory,
      inject: [ClientRepository, Authority, News],
      useFactory: (clients: ClientRepository, authority: Authority, news: News) => {
        const guesses = new GuessLimiter(config.UNKNOWN_KEYS_PER_MIN);
        const directory = new ClientDirectory(clients, authority, guesses, box, logger, config.CLIENT_CACHE_MS);
        news.on('clients', () => {
          directory.forgetAll();
        });
        news.on('roles', () => {
          directory.forgetAll(); // whoever tells has reloaded
          void authority.reload().then(
            () => {
              directory.forgetAll();
            },
            (error: unknown) => {
              logger.warn({ err: error }, 'policies cannot be read');
            },
          );
        });
        return directory;
      },
    },
    { provide: TokenIssuer, useFactory: () => new TokenIssuer(config.AUTH_TOKEN_ISSUER, audience, ownKey) },
    {
      provide: TokenVerifier,
      useFactory: () => {
        const own = sharedSecretIssuer(config.AUTH_TOKEN_ISSUER, audience, [ownKey, ...olderKeys]);
        return new TokenVerifier([own, ...otherIssuers(config, audience)], config.AUTH_CLOCK_SKEW_S);
      },
    },
  ];
}

/** Throws when a key and its issuer are not both named, or two issuers have one name. */
function otherIssuers(config: Config, audience: string | null): readonly TrustedIssuer[] {
  const { AUTH_JWKS_FILE: file, AUTH_JWKS_ISSUER: jwksIssuer } = config;
  const { AUTH_SHARED_SECRET: shared, AUTH_SHARED_SECRET_ISSUER: sharedIssuer } = config;
  if ((file === undefined) !== (jwksIssuer === undefined))
    throw new ConfigError('AUTH_JWKS_FILE and AUTH_JWKS_ISSUER belong together');
  if ((shared === undefined) !== (sharedIssuer === undefined))
    throw new ConfigError('AUTH_SHARED_SECRET and AUTH_SHARED_SECRET_ISSUER belong together');
  const names = [config.AUTH_TOKEN_ISSUER, jwksIssuer, sharedIssuer].filter((name) => name !== undefined);
  if (new Set(names).size < names.length) throw new ConfigError('every issuer of tokens needs a name of its own');
  return [
    ...(file === undefined || jwksIssuer === undefined ? [] : [new JwksFileIssuer(jwksIssuer, audience, file)]),
    ...(shared === undefined || sharedIssuer === undefined
      ? []
      : [sharedSecretIssuer(sharedIssuer, audience, [Buffer.from(shared)])]),
  ];
}

function doors({ apiMetrics, config, database, logger, redis }: AppContext): Provider[] {
  return [
    {
      provide: Settings,
      inject: [SettingRepository, News],
      useFactory: (repository: SettingRepository, news: News) => {
        const configured = {
          [RateLimitKeyPerMin.key]: config.RATE_LIMIT_CLIENT_PER_MIN,
          [RateLimitTenantPerMin.key]: config.RATE_LIMIT_TENANT_PER_MIN,
          [RateLimitDeviceOrdersPerMin.key]: config.RATE_LIMIT_DEVICE_ORDERS_PER_MIN,
          [RequestLogRetentionDays.key]: config.REQUEST_LOG_RETENTION_DAYS,
        };
        return new Settings(repository, configured, logger, news);
      },
    },
    {
      provide: RequestLog,
      useFactory: () =>
        new RequestLog(new RequestLogRepository(database), apiMetrics, logger, {
          bufferRows: config.REQUEST_LOG_BUFFER_ROWS,
        }),
    },
    {
      provide: RetentionKeeper,
      inject: [Settings, Blobs],
      useFactory: (settings: Settings, blobs: Blobs) => {
        const archiver = new Archiver(database, () => blobs.bucket(ARCHIVE_BUCKET));
        const calls = archiver.retention(REQUEST_ARCHIVE, () => settings.get(RequestLogRetentionDays, null));
        return new RetentionKeeper([calls], new RetentionRepository(database), logger);
      },
    },
    {
      provide: AuditLog,
      inject: [AuditRepository],
      useFactory: (repository: AuditRepository) => new AuditLog(repository, apiMetrics, logger),
    },
    {
      provide: LastUse,
      inject: [ClientRepository],
      useFactory: (clients: ClientRepository) => new LastUse(clients, logger),
    },
    {
      provide: Authenticator,
      inject: [ClientDirectory, TokenVerifier],
      useFactory: (directory: ClientDirectory, tokens: TokenVerifier) =>
        new Authenticator(directory, tokens, {
          windowS: config.SIGNATURE_WINDOW_S,
          bearerOverPlainHttp: config.AUTH_BEARER_PLAIN_HTTP,
        }),
    },
    {
      provide: APP_GUARD,
      inject: [Authenticator, LastUse, Settings, AuditLog],
      useFactory: (authenticator: Authenticator, lastUse: LastUse, settings: Settings, audit: AuditLog) => {
        const admission = new Admission(redis, settings, config.SIGNATURE_WINDOW_S);
        const places = config.HTTP_MAX_CALLS;
        const gate = new FairGate({ places, waiting: WAITING_PER_TENANT, waitMs: WAIT_FOR_PLACE_MS });
        return new AuthGuard({ authenticator, lastUse, admission, audit, gate }, apiMetrics);
      },
    },
  ];
}

function services({ bus, logger }: AppContext, box: SecretBox): Provider[] {
  return [
    { provide: Reach, useFactory: () => new Reach(bus) },
    {
      provide: ClientService,
      inject: [TenantRepository, ClientRepository, Authority, Settings, News],
      useFactory: (
        tenants: TenantRepository,
        clients: ClientRepository,
        authority: Authority,
        settings: Settings,
        news: News,
      ) => new ClientService(tenants, clients, authority, settings, box, news),
    },
    {
      provide: ApprovalService,
      inject: [ApprovalRepository, Reach, Settings],
      useFactory: (approvals: ApprovalRepository, reach: Reach, settings: Settings) =>
        new ApprovalService(approvals, bus, reach, settings, new ApprovalNews(approvals, bus, logger), logger),
    },
    {
      provide: SettingService,
      inject: [SettingRepository, Settings, TenantRepository, News],
      useFactory: (repository: SettingRepository, settings: Settings, tenants: TenantRepository, news: News) =>
        new SettingService(repository, settings, tenants, news),
    },
  ];
}
