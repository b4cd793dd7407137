import {
  AddressNotAllowed,
  ApiKeyUnknown,
  BearerTokenInvalid,
  DataScopeTooNarrow,
  ServerBusy,
  BodyMalformed,
  BodyTooLarge,
  CredentialsMissing,
  IdempotencyKeyInProgress,
  IdempotencyKeyReused,
  InternalError,
  listErrors,
  NonceReplayed,
  PagingMixed,
  PermissionDenied,
  RateLimited,
  ServiceTimeout,
  ServiceUnavailable,
  SignatureInvalid,
  TimestampOutOfWindow,
  TlsRequired,
  UnsupportedMediaType,
  UrlMalformed,
  ValidationFailed,
} from '@chargebus/errors';
import type { ErrorDefinition } from '@chargebus/errors';
import { z } from 'zod';
import { ROUTES } from './catalogue';
import { answerSchema } from './define-route';
import type { DeclaredError, Route, Surface } from './define-route';
import { Failure, listing, success, successSchema } from './envelope';
import { OPERATIONS } from './operations';
import { PARAMETER_DESCRIPTIONS } from './parameter-descriptions';
import { showWrittenForm } from './written-form';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/** Every authenticated call can end with these. */
const EVERYWHERE: readonly DeclaredError[] = [
  ValidationFailed,
  CredentialsMissing,
  ApiKeyUnknown,
  SignatureInvalid,
  TimestampOutOfWindow,
  NonceReplayed,
  TlsRequired,
  BearerTokenInvalid,
  AddressNotAllowed,
  PermissionDenied,
  DataScopeTooNarrow,
  RateLimited,
  ServerBusy,
  ServiceUnavailable,
  ServiceTimeout,
  InternalError,
];
const WITH_KEY: readonly DeclaredError[] = [IdempotencyKeyReused, IdempotencyKeyInProgress];
const WITH_BODY: readonly DeclaredError[] = [BodyMalformed, BodyTooLarge, UnsupportedMediaType];

/** Of the HTTP surface, not of the product: grows with what integrators can see. */
export const API_VERSION = '1.0.0';

const TITLES: Readonly<Record<Surface, string>> = {
  third: 'Chargebus API for integrators',
  internal: 'Chargebus API for operators of the installation',
};
const INTRODUCTION = `Every answer is one JSON object: \`{"code":0,"data":{…},"message":"success"}\`, or \`{"code":1001,"data":null,"message":"…","error":"DEVICE_NOT_FOUND","request_id":"…"}\` with the fitting HTTP status. Programs look at \`error\`.

**Signing.** \`X-Signature\` = HMAC-SHA256 with the API secret, lower-case hex, over \`method\\npath\\ntimestamp\\nnonce\\nsha256(body)\`. \`path\` is the request target as sent, query included; \`timestamp\` is Unix seconds and may be off by 300; \`nonce\` is new for every call; \`sha256(body)\` is lower-case hex, of the empty string where there is no body.

**People** send \`Authorization: Bearer …\` instead, a token of an issuer that the installation believes.

**Limits.** \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` tell of the tightest limit that a call takes part in, \`RateLimit-Policy\` names it: of the key, of the tenant, of its writes, orders or bulk calls, or of one device's orders. Beyond it: 429 with \`Retry-After\`.

**Lists** take \`page,size\`, or \`limit,offset\`, or \`cursor\`, and \`sort,order\`.

**Repeating.** Every \`POST\` takes an \`Idempotency-Key\`. For 24 hours the same key of the same client at the same address gives the answer of the first success again, with \`Idempotency-Replayed: true\`, and does nothing; with another body it is refused (\`IDEMPOTENCY_KEY_REUSED\`), and while the first is under way too (\`IDEMPOTENCY_KEY_IN_PROGRESS\`, \`Retry-After\`). What was refused or failed may be repeated with its key. A start and an order to a device know their key themselves: a repeat answers with how the session or the order stands now.

**Starting and following a charge.**

\`\`\`mermaid
sequenceDiagram
  participant P as Integrator
  participant C as Chargebus
  participant D as Device
  P->>C: POST charge/start
  C->>D: start (AP3000 0x82)
  C-->>P: session_id, command_status sent
  D-->>C: accepted
  C-)P: webhook charging.started
  loop while it charges
    D->>C: progress
    C-)P: webhook charging.progress
  end
  P->>C: POST charge/stop (or the device ends by itself)
  C->>D: stop
  D->>C: settlement
  C-)P: webhook charging.completed
\`\`\`
`;

/** Documents cannot hold bytes: what a body of bytes looks like. */
const BYTES = '…';

/** The OpenAPI 3.1 document of one surface; everything in it follows from the contract. */
export function openApiDocument(surface: Surface): JsonObject {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES.filter((candidate) => candidate.surface === surface))
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, schemas);
  if (surface === 'internal')
    for (const { path, method = 'get', ...rest } of OPERATIONS) (paths[path] ??= {})[method] = rest.operation;
  jsonSchema(Failure, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: { title: TITLES[surface], version: API_VERSION, description: `${INTRODUCTION}\n${errorTable()}` },
    servers: [{ url: '/' }],
    security: [{ apiKey: [], timestamp: [], nonce: [], signature: [] }, { bearer: [] }],
    tags: [...new Set(ROUTES.filter((route) => route.surface === surface).map(({ tag }) => tag))].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas,
      headers: ANSWER_HEADERS,
      examples: Object.fromEntries(
        listErrors().map((definition) => [definition.name, { value: failureExample(definition) }]),
      ),
      securitySchemes: {
        apiKey: header('X-Api-Key', 'Names the client.'),
        timestamp: header('X-Timestamp', 'Unix seconds.'),
        nonce: header('X-Nonce', 'New for every call.'),
        signature: header('X-Signature', 'HMAC-SHA256, see the introduction.'),
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

const header = (name: string, description: string): Json => ({ type: 'apiKey', in: 'header', name, description });

function operation(route: Route, schemas: Record<string, Json>): Json {
  const { example } = route;
  const hasBody = route.method === 'POST' || route.method === 'PUT' || route.method === 'PATCH';
  const answer =
    route.sort === null
      ? success(example.response)
      : listing(
          { items: [example.response], total: 1, nextCursor: null },
          { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' },
        );
  const given = {
    headers: Object.fromEntries(
      Object.keys(ANSWER_HEADERS)
        .filter((name) => name !== REPLAYED || route.idempotency === 'stored')
        .map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    content:
      route.produces === null
        ? {
            'application/json': {
              schema: jsonSchema(answerSchema(route), 'output', schemas),
              example: answer as unknown as Json,
            },
          }
        : Object.fromEntries(
            Object.entries({ [route.produces]: streamExample(example.response as Json), ...route.alsoProduces }).map(
              ([type, file]) => [type, { schema: { type: 'string' }, example: file }],
            ),
          ),
  };
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: `${route.description}${route.description === '' ? '' : '\n\n'}Scope: \`${route.scope}\`.`,
    parameters: [
      ...parameters('path', route.params, example.params as JsonObject, schemas),
      ...parameters('query', route.query, example.query ?? {}, schemas),
      ...parameters('header', route.headers, example.headers ?? {}, schemas),
    ],
    ...(hasBody
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: {
              [route.contentType]: {
                schema: jsonSchema(route.body, 'input', schemas),
                example: route.contentType === 'application/json' ? ((example.body ?? {}) as Json) : BYTES,
              },
              ...Object.fromEntries(
                Object.entries(route.texts).map(([type, text]) => [
                  type,
                  { schema: { type: 'string' }, example: text.example },
                ]),
              ),
            },
          },
        }
      : {}),
    responses: {
      [route.status]: { description: 'Success', ...given },
      ...(route.goesOn === null ? {} : { 202: { description: 'Accepted: the work goes on.', ...given } }),
      ...(route.accepted === null
        ? {}
        : {
            202: {
              description: 'Accepted; something else has to happen first',
              content: {
                'application/json': {
                  schema: jsonSchema(successSchema(route.accepted), 'output', schemas),
                  example: success(route.acceptedExample) as unknown as Json,
                },
              },
            },
          }),
      ...failures([
        ...route.errors,
        ...EVERYWHERE,
        ...(route.path.includes('{') ? [UrlMalformed] : []),
        ...(hasBody ? WITH_BODY : []),
        ...(route.idempotency === 'stored' ? WITH_KEY : []),
        ...(route.sort === null ? [] : [PagingMixed]),
      ]),
    },
  };
}

/** Lines of JSON as they are sent; what is text already stays as it is. */
const streamExample = (line: Json): string => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`);

const REPLAYED = 'Idempotency-Replayed';
const ANSWER_HEADERS: JsonObject = {
  'X-Request-Id': { description: 'As sent, or made.', schema: { type: 'string' } },
  'RateLimit-Limit': { description: 'Requests a minute.', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'Requests that are left now.', schema: { type: 'integer' } },
  'RateLimit-Policy': {
    description: 'The limit that these are of: key, tenant, write, order, bulk or device.',
    schema: { type: 'string' },
  },
  'RateLimit-Reset': { description: 'Seconds until the whole limit is there again.', schema: { type: 'integer' } },
  [REPLAYED]: { description: '`true`: the answer that was given before.', schema: { type: 'string' } },
};

/** One response per status, one example per error. */
function failures(errors: readonly DeclaredError[]): Record<string, Json> {
  const byStatus = new Map<number, ErrorDefinition[]>();
  for (const { definition } of errors)
    byStatus.set(definition.status, [...(byStatus.get(definition.status) ?? []), definition]);
  return Object.fromEntries(
    [...byStatus].map(([status, definitions]) => [
      status.toString(),
      {
        description: definitions.map(({ name }) => name).join(', '),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Failure' },
            examples: Object.fromEntries(
              definitions.map(({ name }) => [name, { $ref: `#/components/examples/${name}` }]),
            ),
          },
        },
      },
    ]),
  );
}
const failureExample = (definition: ErrorDefinition): JsonObject => ({
  code: definition.code,
  data: null,
  message: definition.messageZh,
  error: definition.name,
  request_id: '0b7c1a9e-4d0e-4a51-8a40-9b7a2f3d6c10',
});

function parameters(
  place: 'path' | 'query' | 'header',
  schema: z.ZodType,
  example: JsonObject,
  schemas: Record<string, Json>,
): Json[] {
  if (!(schema instanceof z.ZodObject)) throw new Error(`${place} parameters must be one object`);
  return Object.entries(schema.shape).map(([name, field]) => {
    const { description = PARAMETER_DESCRIPTIONS[name], ...rest } = jsonSchema(
      field as z.ZodType,
      'output',
      schemas,
    ) as Record<string, Json>;
    return {
      name: place === 'header' ? canonicalHeader(name) : name,
      in: place,
      required: !(field as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      // Several values stand with commas between them, not each with the name before it.
      ...(place === 'query' && rest.type === 'array' ? { style: 'form', explode: false } : {}),
      schema: rest,
      ...(example[name] === undefined ? {} : { example: sample(field as z.ZodType, example[name]) }),
    };
  });
}
const canonicalHeader = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
/** Examples are written as they are sent, documents show them as what they mean. */
const sample = (field: z.ZodType, text: Json): Json => (field.safeParse(text).data ?? text) as Json;

/** Named schemas go to `components` and are referred to. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, Json>): Json {
  const { $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: showWrittenForm });
  for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] = pointToComponents(definition as Json);
  return pointToComponents(rest as unknown as Json);
}
/** What zod writes beside the schema itself; a property of that name holds a schema, not a string. */
const NOT_OURS = new Set(['$schema', 'id']);
function pointToComponents(node: Json): Json {
  if (Array.isArray(node)) return node.map(pointToComponents);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name, value]) => !NOT_OURS.has(name) || typeof value !== 'string')
      .map(([name, value]) => [
        name,
        name === '$ref' && typeof value === 'string'
          ? value.replace('#/$defs/', '#/components/schemas/')
          : pointToComponents(value),
      ]),
  );
}

/** Files of the repository that follow from the contract, by path: what `npm run gen` writes. */
export const generatedDocuments = (): Readonly<Record<string, string>> => ({
  'docs/generated/openapi-third.json': `${JSON.stringify(openApiDocument('third'), null, 2)}\n`,
  'docs/generated/openapi-internal.json': `${JSON.stringify(openApiDocument('internal'), null, 2)}\n`,
});

/** Markdown: every error by code. */
function errorTable(): string {
  const rows = listErrors().map(
    ({ code, status, name, message, messageZh }) =>
      `| ${code.toString()} | ${status.toString()} | \`${name}\` | ${message} | ${messageZh} |`,
  );
  return ['| code | HTTP | error | message (en) | message (zh) |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
