import { isSecret, readConfig, refuseDevelopmentSecrets, summariseConfig } from '@chargebus/config';
import type { ConfigDefinition, ConfigOf, Profile } from '@chargebus/config';
import { createLogger, Metrics, OpsServer } from '@chargebus/observability';
import type { HealthCheck, Logger } from '@chargebus/observability';
import type { z } from 'zod';

export interface ServiceContext<C> {
  readonly config: C;
  readonly logger: Logger;
  readonly metrics: Metrics;
}
export interface RunningService {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  /** Takes no new work, finishes what is under way, closes connections. */
  stop(): Promise<void>;
}
interface CommonConfig {
  readonly CHARGEBUS_PROFILE: Profile;
  readonly LOG_LEVEL: string;
  readonly OPS_HOST: string;
  readonly OPS_PORT: number;
}

const STOP_TIMEOUT_MS = 20_000;

/**
 * The life of one service process: configuration, log, metrics, health, readiness (also told to a parent process by
 * the message `ready`), clean stop on SIGTERM and SIGINT, exit code 1 when it cannot start or loses an unhandled error.
 */
export async function runService<S extends z.ZodRawShape>(options: {
  readonly definition: ConfigDefinition<S>;
  start(context: ServiceContext<ConfigOf<ConfigDefinition<S>>>): Promise<RunningService>;
}): Promise<void> {
  const { definition } = options;
  try {
    const config = readConfig(definition) as ConfigOf<ConfigDefinition<S>> & CommonConfig;
    refuseDevelopmentSecrets(config.CHARGEBUS_PROFILE, secretsOf(definition, config));
    const logger = createLogger(definition.app, config.LOG_LEVEL);
    const metrics = new Metrics(definition.app);
    process.on('unhandledRejection', (error) => {
      logger.fatal({ err: error }, 'unhandled rejection');
      process.exit(1);
    });
    process.on('uncaughtException', (error) => {
      logger.fatal({ err: error }, 'uncaught exception');
      process.exit(1);
    });
    logger.info({ config: summariseConfig(definition, config) }, 'starting');
    const service = await options.start({ config, logger, metrics });
    const ops = await OpsServer.listen({
      host: config.OPS_HOST,
      port: config.OPS_PORT,
      metrics,
      checks: service.checks,
    });
    stopOnSignal(logger, async () => {
      await service.stop();
      await ops.close();
    });
    logger.info({ ops_port: ops.port }, 'ready');
    process.send?.('ready');
  } catch (error) {
    process.stderr.write(
      `${definition.app}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  }
}

const secretsOf = (definition: ConfigDefinition, config: object): Record<string, string | undefined> => {
  const values = config as Readonly<Record<string, string | undefined>>;
  const names = Object.entries(definition.schema.shape).filter(([, schema]) => isSecret(schema as z.ZodType));
  return Object.fromEntries(names.map(([name]) => [name, values[name]]));
};

function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('disconnect', () => {
    onSignal('SIGTERM');
  }); // the parent that forked us is gone
}
