import type { ErrorDefinition } from '@chargebus/errors';
import type { Page, PageQuery } from '@chargebus/requests';
import { z } from 'zod';
import { listingSchema, successSchema } from './envelope';
import { idempotencyHeader } from './fields';
import { pagingShape } from './paging';
import type { Order } from './paging';
import type { ApiScope } from './scopes';

/** One OpenAPI document each. */
export type Surface = 'third' | 'internal';

/** A class of the catalogue in libs/errors. */
export interface DeclaredError {
  readonly definition: ErrorDefinition;
}

export interface TextBody {
  readonly toJson: (text: string) => unknown;
  readonly example: string;
}
interface Parts<P extends z.ZodType, Q extends z.ZodType, H extends z.ZodType, B extends z.ZodType> {
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
}
/** One endpoint: validation, types, documents and the Nest route are derived from this. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  H extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  L extends boolean = boolean,
> extends Parts<P, Q, H, B> {
  readonly id: string; // operationId
  readonly surface: Surface;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string; // with {names} as in OpenAPI
  readonly scope: ApiScope;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** `data` of the answer, or one item of it where the route is a list. */
  readonly response: R;
  /** Fields that a list can be sorted by, the default first. */
  readonly sort: L extends true ? readonly [string, ...string[]] : null;
  /** In which a list is unless told. */
  readonly order: Order;
  /** Whether a list finds its pages by counting; else whoever answers says where the next one begins. */
  readonly positional: boolean;
  readonly status: 200 | 201 | 202;
  /** What is answered with 202 instead, where something else has to happen first; null: nothing is. */
  readonly accepted: z.ZodType | null;
  readonly acceptedExample: unknown;
  /** Media type of an answer that is no JSON in the envelope but a stream of text; `response` is one line or event of it. */
  readonly produces: string | null;
  /** Other types that such an answer may have, with an example of each. */
  readonly alsoProduces: Readonly<Record<string, string>>;
  /** What a browser saves such an answer as; null: it is no file. */
  readonly fileName: string | null;
  /** Whether it changes or orders anything, and so belongs into the audit log. */
  readonly mutates: boolean;
  /** Whether an answer says that the work goes on: it is sent as 202. Null: there is no such answer. */
  readonly goesOn: ((answer: unknown) => boolean) | null;
  /** Of the body; null: the installation's. */
  readonly bodyLimitBytes: number | null;
  /** Whether it orders something of the device in the path: such calls have a limit per device. */
  readonly ordersDevice: boolean;
  /**
   * What an Idempotency-Key does. stored: `api` keeps the answer and gives it again, as with every POST that does not
   * declare the header itself. owned: the route declares it, and the app that does the work knows the key. none: nothing.
   */
  readonly idempotency: 'stored' | 'owned' | 'none';
  /** What the body is sent as; bytes come to the handler as they are. */
  readonly contentType: 'application/json' | 'application/octet-stream';
  /** What the body may be sent as besides, as text: which JSON a text of that media type means. */
  readonly texts: Readonly<Record<string, TextBody>>;
  readonly errors: readonly DeclaredError[];
  readonly example: {
    readonly params: z.input<P>;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: z.input<B>;
    readonly response: z.input<R>;
  };
}

const nothing = z.object({});
/** A body may be left out or be `{}`. */
const noBody = z.strictObject({}).nullish();

interface Declaration<
  P extends z.ZodType,
  Q extends z.ZodRawShape,
  H extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> extends Omit<Partial<Parts<P, z.ZodType, H, B>>, 'query'> {
  readonly id: string;
  readonly method: Route['method'];
  readonly path: string;
  readonly scope: ApiScope;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Q;
  readonly response: R;
  readonly produces?: string;
  readonly alsoProduces?: Route['alsoProduces'];
  readonly fileName?: string;
  readonly positional?: boolean;
  readonly mutates?: boolean;
  goesOn?(answer: z.output<R>): boolean;
  readonly bodyLimitBytes?: number;
  readonly status?: 200 | 201 | 202;
  readonly ordersDevice?: boolean;
  readonly contentType?: Route['contentType'];
  readonly texts?: Route['texts'];
  readonly errors?: readonly DeclaredError[];
  readonly example: Route<P, z.ZodType, H, B, R>['example'];
}
type Empty = (typeof nothing)['shape'];

function complete<P extends z.ZodType, H extends z.ZodType, B extends z.ZodType>(
  declaration: Declaration<P, z.ZodRawShape, H, B, z.ZodType>,
) {
  const idempotency = idempotencyOf(declaration);
  return {
    ...declaration,
    surface: declaration.path.startsWith('/api/internal/') ? ('internal' as const) : ('third' as const),
    description: declaration.description ?? '',
    params: declaration.params ?? (nothing as unknown as P),
    headers: (idempotency === 'stored' ? withKey(declaration.headers) : (declaration.headers ?? nothing)) as H,
    idempotency,
    body: declaration.body ?? (noBody as unknown as B),
    status: declaration.status ?? 200,
    order: 'desc' as const,
    accepted: null,
    acceptedExample: null,
    positional: declaration.positional ?? false,
    produces: declaration.produces ?? null,
    alsoProduces: declaration.alsoProduces ?? {},
    fileName: declaration.fileName ?? null,
    mutates: declaration.mutates ?? declaration.method !== 'GET',
    goesOn: declaration.goesOn === undefined ? null : (answer: unknown) => declaration.goesOn?.(answer) === true,
    bodyLimitBytes: declaration.bodyLimitBytes ?? null,
    ordersDevice: declaration.ordersDevice ?? false,
    contentType: declaration.contentType ?? ('application/json' as const),
    texts: declaration.texts ?? {},
    errors: declaration.errors ?? [],
  };
}

function idempotencyOf({
  method,
  headers,
}: {
  readonly method: Route['method'];
  readonly headers?: z.ZodType;
}): Route['idempotency'] {
  if (headers instanceof z.ZodObject && 'idempotency-key' in headers.shape) return 'owned';
  return method === 'POST' ? 'stored' : 'none';
}
/** Handlers do not see the key: they declare no such header. */
const withKey = (headers: z.ZodType | undefined): z.ZodType =>
  headers instanceof z.ZodObject ? headers.extend(idempotencyHeader.shape) : idempotencyHeader;

export function defineRoute<
  R extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodRawShape = Empty,
  H extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof noBody,
>(declaration: Declaration<P, Q, H, B, R>): Route<P, z.ZodObject<Q>, H, B, R, false> {
  const query = z.strictObject(declaration.query ?? ({} as Q));
  return { ...complete(declaration), query, response: declaration.response, example: declaration.example, sort: null };
}

/** A route that answers one page of a list; `response` is one item. */
export function defineList<R extends z.ZodType, P extends z.ZodType = typeof nothing, Q extends z.ZodRawShape = Empty>(
  declaration: Declaration<P, Q, typeof nothing, typeof noBody, R> & {
    readonly sort: readonly [string, ...string[]];
    readonly order?: Order; // absent: desc, the latest first
  },
): Route<P, z.ZodObject<Q & ReturnType<typeof pagingShape>>, typeof nothing, typeof noBody, R, true> {
  const { sort, order = 'desc' } = declaration;
  const query = z.strictObject({ ...(declaration.query ?? ({} as Q)), ...pagingShape(sort, order) });
  return {
    ...complete(declaration),
    query,
    order,
    response: declaration.response,
    example: declaration.example,
    sort,
  };
}

/** A route that sometimes answers with 202 and something else, because something has to happen first. */
export const orAccepted = <D extends Route, A extends z.ZodType>(
  route: D,
  accepted: A,
  example: z.input<A>,
): D & { readonly accepted: A } => ({
  ...route,
  accepted,
  acceptedExample: example,
});

/** A route whose answer is a stream of text; `response` and its example are one line or event of it. */
export function defineStream<
  R extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodRawShape = Empty,
  H extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof noBody,
>(
  declaration: Declaration<P, Q, H, B, R> & { readonly produces: string },
): Route<P, z.ZodObject<Q>, H, B, R, false> & { readonly produces: string } {
  return { ...defineRoute(declaration), produces: declaration.produces };
}

/** What a handler gets: the parts of the request, checked. */
export type InputOf<D> =
  D extends Route<infer P, infer Q, infer H, infer B, z.ZodType, infer L>
    ? {
        readonly params: z.output<P>;
        readonly query: z.output<Q>;
        readonly headers: z.output<H>;
        readonly body: z.output<B>;
        readonly page: L extends true ? PageQuery : null;
      }
    : never;
/** What a handler answers. */
export type ResultOf<D> = D extends { readonly produces: string }
  ? AsyncIterable<string | Uint8Array>
  : ResultOfJson<D> | AcceptedOf<D>;
type AcceptedOf<D> = D extends { readonly accepted: infer A } ? ([A] extends [z.ZodType] ? z.output<A> : never) : never;
type ResultOfJson<D> =
  D extends Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType, infer R, infer L>
    ? L extends true
      ? Page<z.output<R>>
      : z.output<R>
    : never;

/** Schema of the whole answer with 202. */
export const acceptedSchema = (route: Route): z.ZodType | null =>
  route.accepted === null ? null : successSchema(route.accepted);

/** Schema of the whole answer. */
export const answerSchema = (route: Route): z.ZodType =>
  route.sort === null ? successSchema(route.response) : listingSchema(route.response);
