import type { FactoryProvider, Type } from '@nestjs/common';

type Instances<T extends readonly Type[]> = { [K in keyof T]: T[K] extends Type<infer I> ? I : never };
/** A provider whose dependencies are checked against its factory by the compiler. */
export const provide = <T, const D extends readonly Type[]>(
  type: Type<T>,
  inject: D,
  useFactory: (...dependencies: Instances<D>) => T,
): FactoryProvider<T> => ({ provide: type, inject: [...inject], useFactory });
