import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { configDefinition } from './config';
import { createDrivers, messageDrivers } from './drivers';
import { GatewayService } from './gateway.service';

void runService({
  definition: configDefinition,
  start: async (context) => {
    const drivers = createDrivers(context.config.PROTOCOL_OPTIONS);
    const module = AppModule.register(context, drivers, messageDrivers);
    const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    const gateway = app.get(GatewayService);
    await gateway.start();
    return { checks: gateway.checks, stop: () => gateway.stop() };
  },
});
