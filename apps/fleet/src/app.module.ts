import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Outbox } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import type { Config } from './config';

/** What the process has before the module is built. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly bus: Bus;
  readonly database: Database;
}

type Instances<T extends readonly Type[]> = { [K in keyof T]: T[K] extends Type<infer I> ? I : never };
/** A provider whose dependencies are checked against its factory by the compiler. */
const provide = <T, const D extends readonly Type[]>(
  type: Type<T>,
  inject: D,
  useFactory: (...dependencies: Instances<D>) => T,
): FactoryProvider<T> => ({ provide: type, inject: [...inject], useFactory });

@Module({})
export class AppModule {
  static register({ logger, bus, database }: Surroundings): DynamicModule {
    return {
      module: AppModule,
      providers: [provide(Outbox, [], () => new Outbox('fleet', database, bus, logger))],
    };
  }
}
