import { z } from 'zod';

/** JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Without the name of its dialect, because it stands inside of other documents. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  Object.fromEntries(
    Object.entries(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })).filter(
      ([name]) => name !== '$schema',
    ),
  );
