import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { asyncApiDocument, DELIVERABLE_EVENTS, STREAM_EVENTS } from '../src';

/** Of @asyncapi/specs 6.11.1 (Apache-2.0), `schemas/3.0.0-without-$id.json`, without its texts for people. */
const schemaFile = path.join(__dirname, 'asyncapi-3.0.0.schema.json');

interface Message {
  readonly payload: Record<string, unknown>;
  readonly examples: readonly { readonly payload: unknown }[];
}
const document = asyncApiDocument('1.0.0') as {
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};

describe('the AsyncAPI document', () => {
  it('I21 is valid AsyncAPI 3.0', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
    const valid = ajv.validate(JSON.parse(readFileSync(schemaFile, 'utf8')) as object, document);
    expect([valid, ajv.errorsText()]).toEqual([true, 'No errors']);
    expect(ajv.validate(JSON.parse(readFileSync(schemaFile, 'utf8')) as object, { asyncapi: '3.0.0' })).toBe(false);
  });

  it('I21 refers only to what it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(40);
    for (const reference of new Set(references))
      expect(document).toHaveProperty(
        reference
          .replace('#/', '')
          .split('/')
          .map((part) => part),
      );
  });

  it('I01 I26 has every event in both versions, with examples that fit', () => {
    const { messages } = document.components;
    expect(Object.keys(messages)).toEqual(
      expect.arrayContaining([...DELIVERABLE_EVENTS, ...STREAM_EVENTS.map(({ type }) => type)]),
    );
    expect(Object.keys(messages).filter((name) => name.endsWith('.flat'))).toEqual([
      'charging.started.flat',
      'charging.progress.flat',
      'charging.completed.flat',
    ]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const { payload, examples } of Object.values(messages))
      for (const example of examples)
        expect([ajv.validate(payload, example.payload), ajv.errorsText()]).toEqual([true, 'No errors']);
  });
});
