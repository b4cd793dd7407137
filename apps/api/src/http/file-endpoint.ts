import type { Route } from '@chargebus/api-contract';
import { applyDecorators, RequestMapping, RequestMethod } from '@nestjs/common';
import { nestPaths } from './endpoint.decorator';
import { servesRoute } from './route-of';

/** Serves a route whose answer is a file: its headers depend on the request, so the handler sends it. */
export const FileEndpoint = (route: Route): MethodDecorator =>
  applyDecorators(RequestMapping({ path: nestPaths(route), method: RequestMethod.GET }), servesRoute(route));
