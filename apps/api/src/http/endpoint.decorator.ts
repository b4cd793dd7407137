import { Readable } from 'node:stream';
import type { InputOf, ResultOf, Route } from '@chargebus/api-contract';
import type { RequestContext } from '@chargebus/messaging';
import { Header, HttpCode, RequestMapping, RequestMethod, UseInterceptors } from '@nestjs/common';
import type { Caller } from '../auth/caller';
import type { AuditNote } from './exchange';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor';
import { servesRoute } from './route-of';

/** What a handler gets: checked input, the caller, and what the bus wants to know of the request. */
export type CallOf<D> = InputOf<D> & {
  readonly caller: Caller;
  readonly context: RequestContext;
  readonly rawBody: unknown; // parsed JSON, as the caller sent it
  /** Says what only the handler knows of a change, for the audit log. */
  readonly note: (note: AuditNote) => void;
  /** Has the answer sent with 202; it must fit the route's `accepted`. */
  readonly accept: () => void;
};

/** `/api/third/…` is also served as `/api/v1/third/…` (decision 2). */
export const nestPaths = (route: Pick<Route, 'path'>): string[] => {
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  return path.startsWith('/api/third/') ? [path, path.replace('/api/third/', '/api/v1/third/')] : [path];
};

/** Serves a route of the contract. A handler whose input or answer does not fit it does not compile. */
export function Endpoint<D>(
  route: D,
): (
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<(call: CallOf<D>) => Promise<ResultOf<D>>>,
) => void {
  const contract = route as Route;
  return (target, key, descriptor) => {
    if (contract.produces !== null) {
      sendAsStream(descriptor as unknown as StreamDescriptor<CallOf<D>>);
      Header('content-type', contract.produces)(target, key, descriptor);
      if (contract.fileName !== null)
        Header('content-disposition', `attachment; filename="${contract.fileName}"`)(target, key, descriptor);
    }
    RequestMapping({ path: nestPaths(contract), method: RequestMethod[contract.method] })(target, key, descriptor);
    HttpCode(contract.status)(target, key, descriptor);
    servesRoute(contract)(target, key, descriptor);
    if (contract.idempotency === 'stored') UseInterceptors(IdempotencyInterceptor)(target, key, descriptor);
  };
}

/** `abandoned`: the caller's connection is to be closed, whatever was not taken yet. */
type Pieces = AsyncIterable<string | Uint8Array> & { readonly abandoned?: AbortSignal };
type StreamDescriptor<C> = TypedPropertyDescriptor<(call: C) => Promise<Pieces | Readable>>;

/** What the handler gives piece by piece is sent as it comes, at the speed at which it is taken. */
function sendAsStream<C>(descriptor: StreamDescriptor<C>): void {
  const original = descriptor.value;
  if (original === undefined) return;
  descriptor.value = async function (this: unknown, call: C) {
    const pieces: Pieces = await original.call(this, call);
    const { abandoned } = pieces;
    return Readable.from(pieces, abandoned === undefined ? {} : { signal: abandoned });
  };
}
