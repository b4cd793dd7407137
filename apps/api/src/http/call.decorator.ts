import { TextDecoder } from 'node:util';
import { pageQueryOf } from '@chargebus/api-contract';
import type { PagingInput, Route } from '@chargebus/api-contract';
import {
  BodyMalformed,
  CredentialsMissing,
  InternalError,
  invalidFields,
  UnsupportedMediaType,
} from '@chargebus/errors';
import type { FieldProblem } from '@chargebus/errors';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { CallOf } from './endpoint.decorator';
import { mediaTypeOf } from './media-type';
import { routeOf } from './route-of';

/** The handler's one argument: the request, checked against its contract. Throws VALIDATION_FAILED naming every field. */
export const Call = createParamDecorator((_: unknown, context): CallOf<Route> => {
  const route = routeOf(context);
  if (route === undefined) throw new InternalError({}, { cause: new Error('@Call() without @Endpoint()') });
  return readCall(route, context.switchToHttp().getRequest<FastifyRequest>());
});

export function readCall(route: Route, request: FastifyRequest): CallOf<Route> {
  const { exchange } = request;
  if (exchange.caller === null) throw new CredentialsMissing();
  const given = bodyOf(route, request);
  exchange.body = route.contentType === 'application/json' ? given : undefined; // bytes are in no log
  const problems: FieldProblem[] = [];
  const params = check(route.params, request.params, problems);
  const query = check(route.query, request.query, problems);
  const headers = check(route.headers, request.headers, problems);
  const body = check(route.body, given, problems);
  if (problems.length > 0) throw invalidFields(problems);
  exchange.route = route;
  const { sort, order, positional } = route;
  exchange.page = sort === null ? null : pageQueryOf(query as PagingInput, { sort, order, positional });
  return {
    params,
    query,
    headers,
    body,
    page: exchange.page,
    caller: exchange.caller,
    context: { requestId: request.id },
    rawBody: exchange.body,
    note: (note) => {
      exchange.note = note;
    },
    accept: () => {
      exchange.accepted = true;
    },
  };
}

function check(schema: z.ZodType, value: unknown, problems: FieldProblem[]): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) problems.push(...toProblems(issue));
  return undefined;
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'is not a known field' }));
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ field: path.length === 0 ? 'body' : path.join('.'), message }];
}

/**
 * Bytes as they are where the route takes bytes, else the JSON that they are or mean; undefined: there was no body. Throws
 * UNSUPPORTED_MEDIA_TYPE for what the route does not take, BODY_MALFORMED for what is not what it says.
 */
function bodyOf(route: Route, { body, headers }: FastifyRequest): unknown {
  if (!(body instanceof Buffer) || body.length === 0) return undefined;
  const contentType = headers['content-type'] ?? 'none';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new UnsupportedMediaType({ contentType: `${contentType} in ${encoding}` });
  const mediaType = mediaTypeOf(contentType);
  const isOfRoute = mediaType === route.contentType;
  if (isOfRoute && mediaType !== 'application/json') return body;
  const toJson = isOfRoute ? parsedJson : route.texts[mediaType]?.toJson;
  const decoder = decoderOf(contentType);
  if (toJson === undefined || decoder === null) throw new UnsupportedMediaType({ contentType });
  return toJson(orMalformed(() => decoder.decode(body)) as string);
}
const parsedJson = (text: string): unknown => orMalformed(() => JSON.parse(text));

/** Says no to bytes that are no UTF-8: an order number read wrongly is another order number. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
/** Spreadsheets in China save as GB18030; null: nobody knows the charset. Marks of byte order are left out. */
function decoderOf(contentType: string): TextDecoder | null {
  const [, charset] = /;\s*charset="?([\w.:-]{1,40})"?/i.exec(contentType) ?? [];
  if (charset === undefined) return UTF_8;
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return null;
  }
}

function orMalformed(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    throw new BodyMalformed({}, { cause });
  }
}
