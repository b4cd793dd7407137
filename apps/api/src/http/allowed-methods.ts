import { ROUTES } from '@chargebus/api-contract';
import { nestPaths } from './endpoint.decorator';

const known = ROUTES.flatMap((route) =>
  nestPaths(route).map((path) => ({
    method: route.method,
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`),
  })),
);

/** Methods that the contract knows for a path; empty: there is no such path. */
export const allowedMethods = (path: string): readonly string[] => [
  ...new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
];
