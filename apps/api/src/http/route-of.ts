import type { Route } from '@chargebus/api-contract';
import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';

const ROUTE = 'chargebus:route';

/** Contract of the handler that serves this request; undefined for health, metrics and documents. */
export const routeOf = (context: ExecutionContext): Route | undefined =>
  Reflect.getMetadata(ROUTE, context.getHandler()) as Route | undefined;

export const servesRoute = (route: Route): CustomDecorator => SetMetadata(ROUTE, route);
