import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { configDefinition } from './config';
import { createDrivers, createMessageDrivers } from './drivers';
import { GatewayService } from './gateway.service';

void runService({
  definition: configDefinition,
  start: async (context) => {
    const { PROTOCOL_OPTIONS } = context.config;
    const drivers = createDrivers(PROTOCOL_OPTIONS);
    const module = AppModule.register(context, drivers, createMessageDrivers(PROTOCOL_OPTIONS));
    const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    const gateway = app.get(GatewayService);
    await gateway.start();
    return { checks: gateway.checks, stop: () => gateway.stop() };
  },
});
