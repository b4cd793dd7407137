import { z } from 'zod';

/** `durationLimitS` → `duration_limit_s`: names on the HTTP surface. */
export const snakeName = (name: string): string =>
  name.replace(/[A-Z]+/g, (upper, at: number) => `${at === 0 ? '' : '_'}${upper.toLowerCase()}`);

/**
 * A schema of ours as callers write it: snake_case names, unknown fields refused, what may be null may be left out. It
 * gives the value in our own names. Keys of records are data and stay as they are.
 */
export function httpForm<S extends z.ZodType>(schema: S): z.ZodType<z.output<S>> {
  return inSnakeCase(schema).pipe(schema);
}

const LEAVES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'literal',
  'enum',
  'null',
  'unknown',
  'record',
]);

function inSnakeCase(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) return objectForm(schema);
  if (schema instanceof z.ZodArray)
    return schema.clone({ ...schema.def, element: inSnakeCase(schema.element as z.ZodType) });
  if (schema instanceof z.ZodOptional) {
    const inner = schema.unwrap() as z.ZodType;
    return inner instanceof z.ZodNullable
      ? inSnakeCase(inner.unwrap() as z.ZodType).nullish()
      : inSnakeCase(inner).optional();
  }
  if (schema instanceof z.ZodNullable)
    return inSnakeCase(schema.unwrap() as z.ZodType)
      .nullable()
      .default(null);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options.map((option) => inSnakeCase(option as z.ZodType)) as unknown as Alternatives;
    return z.discriminatedUnion(snakeName(schema.def.discriminator), options);
  }
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((option) => inSnakeCase(option as z.ZodType)));
  if (LEAVES.has(schema.def.type)) return schema;
  throw new Error(`no form on the HTTP surface for ${schema.def.type}`);
}
type Alternatives = [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]];

function objectForm(schema: z.ZodObject): z.ZodType {
  const ours = new Map(Object.keys(schema.shape).map((name) => [snakeName(name), name]));
  const shape = Object.fromEntries(
    [...ours].map(([theirs, name]) => [theirs, inSnakeCase(schema.shape[name] as z.ZodType)]),
  );
  return z
    .strictObject(shape)
    .transform((value) =>
      Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]) =>
          inner === undefined ? [] : [[ours.get(name) ?? name, inner]],
        ),
      ),
    );
}
