import { GraphqlQueryInvalid } from '@chargebus/errors';
import { execute, GraphQLError, Kind, parse, validate, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

const MAX_TOKENS = 1_000;
const MAX_FIELDS = 200;
const MAX_ROOT_FIELDS = 10;

export interface Query {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/**
 * The data that a query asks for. Throws GRAPHQL_QUERY_INVALID; what a resolver throws comes out as it is, so that whoever
 * asks is told no half of an answer.
 */
export async function runQuery(
  schema: GraphQLSchema,
  rootValue: unknown,
  { query, variables, operationName }: Query,
): Promise<Record<string, unknown>> {
  const document = parsed(query);
  refuse([...validate(schema, document), ...tooLarge(document)]);
  const variableValues = variables ?? null;
  const { data, errors = [] } = await execute({ schema, document, rootValue, variableValues, operationName });
  const thrown = errors.flatMap(({ originalError }) => originalError ?? []).find((error) => !isOfGraphql(error));
  if (thrown !== undefined) throw thrown;
  refuse(errors);
  return { ...data };
}

/** A variable that does not fit its type, say. */
const isOfGraphql = (error: Error): boolean => error instanceof GraphQLError;

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) refuse([error]);
    throw error;
  }
}

/** One request must not stand for hundreds: aliases multiply. */
function tooLarge(document: DocumentNode): readonly GraphQLError[] {
  let fields = 0;
  visit(document, { Field: () => void (fields += 1) });
  const roots = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? one.selectionSet.selections : [],
  );
  const spreads = roots.filter(({ kind }) => kind !== Kind.FIELD);
  return [
    ...(fields > MAX_FIELDS ? [new GraphQLError(`more than ${MAX_FIELDS.toString()} fields`)] : []),
    ...(roots.length > MAX_ROOT_FIELDS
      ? [new GraphQLError(`more than ${MAX_ROOT_FIELDS.toString()} fields at its root`)]
      : []),
    ...(spreads.length > 0 ? [new GraphQLError('fragments at its root')] : []),
  ];
}

function refuse(errors: readonly GraphQLError[]): void {
  if (errors.length === 0) return;
  const details = errors.map(({ message, locations }) => ({ field: 'query', message, ...locations?.[0] }));
  throw new GraphqlQueryInvalid({ summary: errors.map(({ message }) => message).join('; ') }, { details });
}
