import { z } from 'zod';

export interface ConfigDefinition<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly app: string;
  readonly schema: z.ZodObject<S>;
}
export type ConfigOf<D> = D extends ConfigDefinition<infer S> ? Readonly<z.infer<z.ZodObject<S>>> : never;

/** Declares every setting of one app: names with their unit last, ranges, defaults, descriptions. */
export function defineConfig<S extends z.ZodRawShape>(app: string, shape: S): ConfigDefinition<S> {
  return { app, schema: z.object(shape) };
}

/** A value that start-up summaries, `.env.example` and logs never show. */
export const secret = () => z.string().min(1).meta({ secret: true });
export const isSecret = (schema: z.ZodType): boolean => {
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
  return (schema.meta()?.secret ?? inner.meta()?.secret) === true;
};

/** `1,2,4` → [1, 2, 4]. */
export const csvNumbers = z
  .union([z.array(z.number()), z.string()])
  .transform((value) => (typeof value === 'string' ? value.split(',').filter(Boolean).map(Number) : value))
  .pipe(z.array(z.number()));
/** `a,b` → ['a', 'b']. */
export const csvStrings = z
  .union([z.array(z.string()), z.string()])
  .transform((value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((s) => s.trim())
          .filter(Boolean)
      : value,
  )
  .pipe(z.array(z.string()));
export const flag = z.stringbool().or(z.boolean());
export const tcpPort = z.coerce.number().int().min(0).max(65_535); // 0: any free one
