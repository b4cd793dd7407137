import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { ConfigError, refuseDevelopmentSecrets } from '@chargebus/config';
import { Bus } from '@chargebus/messaging';
import { Database, RetentionKeeper } from '@chargebus/persistence';
import { ClientRepository } from '@chargebus/persistence/iam';
import { GetClientAccess } from '@chargebus/requests';
import type { RunningService, ServiceContext } from '@chargebus/runtime';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { AppContext } from './app.module';
import { AuditLog } from './audit/audit-log';
import { headOf } from './auth/auth.guard';
import { Authenticator } from './auth/authenticator';
import type { Config } from './config';
import { createAdapter, prepare } from './http/http-app';
import type { HttpOptions } from './http/http-app';
import { nestLogger } from './http/nest-logger';
import { apiMetrics } from './metrics';
import { News } from './news';
import { connectRedis } from './redis';
import { RequestLog } from './request-log/request-log';

export interface RunningApi extends RunningService {
  readonly port: number;
}

/** Everything between a configuration and a listening server. */
export async function startApi({ config, logger, metrics }: ServiceContext<Config>): Promise<RunningApi> {
  refuseDevelopmentSecrets(config.CHARGEBUS_PROFILE, {
    SECRETS_KEYS: config.SECRETS_KEYS,
    AUTH_SHARED_SECRET: config.AUTH_SHARED_SECRET,
  });
  if (config.AUTH_BEARER_PLAIN_HTTP && config.CHARGEBUS_PROFILE === 'production')
    throw new ConfigError('AUTH_BEARER_PLAIN_HTTP is not for production: tokens would be sent in clear');
  const tls = readTls(config);
  const [bus, database, redis] = await Promise.all([
    Bus.connect({ url: config.NATS_URL, replicas: config.NATS_STREAM_REPLICAS, app: 'api', logger }),
    Database.connect({ url: config.DATABASE_URL, app: 'api', poolSize: config.DATABASE_POOL_SIZE }),
    connectRedis(config.REDIS_URL, logger),
  ]);
  const checks = {
    postgres: () => database.ping(),
    nats: () => bus.ping(),
    redis: async () => {
      await redis.ping();
    },
  };
  const context = { config, logger, metrics, apiMetrics: apiMetrics(metrics), bus, database, redis, checks };
  const { app, log, audit } = await listen(context, tls);
  const clients = app.get(ClientRepository);
  bus.answer(GetClientAccess, async ({ clientIds }) => ({ items: await clients.access(clientIds) }));
  const retention = app.get(RetentionKeeper);
  retention.start();
  return {
    checks,
    port: (app.getHttpServer().address() as AddressInfo).port,
    stop: async () => {
      await retention.stop();
      await app.close();
      await log.stop();
      await audit.stop();
      await bus.close();
      redis.disconnect();
      await database.close();
    },
  };
}

async function listen(
  context: AppContext,
  tls: HttpOptions['tls'],
): Promise<{ app: NestFastifyApplication; log: RequestLog; audit: AuditLog }> {
  const { config } = context;
  const adapter = createAdapter({
    bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
    trustedProxies: config.TRUSTED_PROXIES,
    defaultLanguage: config.DEFAULT_LANGUAGE,
    tls,
  });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(context), adapter, {
    abortOnError: false,
    bodyParser: false,
    logger: nestLogger(context.logger),
  });
  const log = app.get(RequestLog);
  await log.start();
  const audit = app.get(AuditLog);
  const others = { maxBytes: config.FIRMWARE_UPLOAD_MAX_BYTES };
  const authenticator = app.get(Authenticator);
  prepare(app.getHttpAdapter().getInstance(), {
    logger: context.logger,
    metrics: context.apiMetrics,
    log,
    audit,
    others,
    news: app.get(News),
    screen: (request) => authenticator.screen(headOf(request), Date.now()),
  });
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  context.logger.info({ host: config.HTTP_HOST, port: config.HTTP_PORT }, 'listening');
  return { app, log, audit };
}

/** Throws when only one of the two files is named. */
function readTls({ HTTP_TLS_CERT_FILE: cert, HTTP_TLS_KEY_FILE: key }: Config): HttpOptions['tls'] {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new ConfigError('HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE belong together');
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
