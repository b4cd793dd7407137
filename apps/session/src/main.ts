import 'reflect-metadata';
import { Bus } from '@chargebus/messaging';
import { Database } from '@chargebus/persistence';
import { runService } from '@chargebus/runtime';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { AppModule } from './app.module';
import { configDefinition } from './config';
import { SessionService } from './service';

void runService({
  definition: configDefinition,
  start: async (context) => {
    const app = await NestFactory.createApplicationContext(AppModule.register(context), {
      logger: false,
      abortOnError: false,
    });
    const [bus, database, redis, service] = [app.get(Bus), app.get(Database), app.get(Redis), app.get(SessionService)];
    redis.on('error', (error) => {
      context.logger.warn({ err: error }, 'redis is away');
    });
    await service.start();
    return {
      checks: {
        nats: () => bus.ping(),
        postgres: () => database.ping(),
        redis: async () => {
          await redis.ping();
        },
      },
      stop: async () => {
        await service.stop();
        await database.close();
        redis.disconnect();
        await app.close();
      },
    };
  },
});
