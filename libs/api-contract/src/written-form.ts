import { z } from 'zod';

const WRITTEN = new WeakMap<z.core.$ZodType, z.ZodType>();

/** Says how a parameter is written whose reading gives something else, for the documents. */
export function writtenAs<T extends z.ZodType>(form: z.ZodType, schema: T): T {
  WRITTEN.set(schema, form);
  return schema;
}

/** In place of what zod tells of a schema that is written otherwise. */
export function showWrittenForm({ zodSchema, jsonSchema }: Shown): void {
  const form = WRITTEN.get(zodSchema);
  if (form === undefined) return;
  for (const name of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, name);
  Object.assign(jsonSchema, z.toJSONSchema(form));
}
interface Shown {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: object;
}
