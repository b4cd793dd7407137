import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { configDefinition } from './config';
import { drivers, messageDrivers } from './drivers';
import { GatewayService } from './gateway.service';

void runService({
  definition: configDefinition,
  start: async (context) => {
    const app = await NestFactory.createApplicationContext(AppModule.register(context, drivers, messageDrivers), {
      logger: false,
      abortOnError: false,
    });
    const gateway = app.get(GatewayService);
    await gateway.start();
    return { checks: gateway.checks, stop: () => gateway.stop() };
  },
});
