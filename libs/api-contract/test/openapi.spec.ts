import type { ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { answerSchema, generatedDocuments, openApiDocument, ROUTES } from '../src';

type Json = Record<string, unknown>;
interface Media {
  readonly schema: Json;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: Json;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}
const surfaces = ['third', 'internal'] as const;
const built = {
  third: openApiDocument('third') as unknown as Document,
  internal: openApiDocument('internal') as unknown as Document,
};
const document = (surface: (typeof surfaces)[number]): Document => built[surface];
const operations = surfaces.flatMap((surface) =>
  Object.entries(document(surface).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ surface, path, method, operation })),
  ),
);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
for (const surface of surfaces)
  ajv.addSchema({ $id: `${surface}:`, components: { schemas: document(surface).components.schemas } });

/** Failures share a few schemas: each is compiled once. */
const validators = new Map<string, ValidateFunction>();
function validatorOf(surface: string, schema: Json): ValidateFunction {
  const text = JSON.stringify(schema).replaceAll('"#/components', `"${surface}:#/components`);
  const validate = validators.get(text) ?? ajv.compile(JSON.parse(text) as Json);
  validators.set(text, validate);
  return validate;
}

describe('the OpenAPI documents', () => {
  it('D16 hold every route once', () => {
    const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(documented).toEqual(expect.arrayContaining(ROUTES.map(({ method, path }) => `${method} ${path}`)));
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it.each(surfaces)('D16 refer only to what the document %s has', (surface) => {
    const { components, openapi } = document(surface);
    expect(openapi).toBe('3.1.0');
    const references = [...JSON.stringify(document(surface)).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references))
      expect({ components }).toHaveProperty(reference.replace('#/', '').split('/'));
  });

  it.each(operations.map((entry) => [`${entry.method} ${entry.path}`, entry] as const))(
    'D17 has examples that fit: %s',
    (_, { surface, operation }) => {
      const check = (media: Media, example: unknown): void => {
        const validate = validatorOf(surface, media.schema);
        expect([validate(example), ajv.errorsText(validate.errors)]).toEqual([true, 'No errors']);
      };
      for (const { content } of [
        ...Object.values(operation.responses),
        ...(operation.requestBody ? [operation.requestBody] : []),
      ])
        for (const media of Object.values(content)) {
          const examples =
            media.examples === undefined
              ? [media.example]
              : Object.keys(media.examples).map((name) => document(surface).components.examples[name]?.value);
          expect(examples.length).toBeGreaterThan(0);
          for (const example of examples) check(media, example);
        }
      for (const parameter of operation.parameters ?? [])
        if (parameter.example !== undefined) check({ schema: parameter.schema }, parameter.example);
    },
  );

  it.each(ROUTES.map((route) => [route.id, route] as const))(
    'D18 has an example of %s that the validation takes',
    (_, route) => {
      expect(route.params.safeParse(route.example.params).error).toBeUndefined();
      expect(route.query.safeParse(route.example.query ?? {}).error).toBeUndefined();
      expect(route.body.safeParse(route.example.body).error).toBeUndefined();
      expect(route.response.safeParse(route.example.response).error).toBeUndefined();
      expect(answerSchema(route)).toBeDefined();
    },
  );

  it('D16 say what every parameter means', () => {
    const silent = operations.flatMap(({ method, path, operation }) =>
      (operation.parameters ?? [])
        .filter(({ description }) => description === undefined)
        .map(({ name }) => `${method} ${path} ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it('D17 explain every error code and draw the calls of a charge', () => {
    const { description } = document('third').info;
    expect(description).toContain('| 1001 | 404 | `DEVICE_NOT_FOUND` |');
    expect(description).toContain('sequenceDiagram');
  });

  it('D17 are written as files of the repository', () => {
    expect(Object.keys(generatedDocuments())).toEqual([
      'docs/generated/openapi-third.json',
      'docs/generated/openapi-internal.json',
    ]);
  });
});
