import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ConfigDefinition } from '@chargebus/config';
import type { z } from 'zod';

export const root = path.resolve(__dirname, '..', '..', '..');

export interface DeployedApp {
  readonly name: string;
  readonly settings: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
}

/** The services under apps/, with what each reads from its environment. */
export async function deployedApps(): Promise<readonly DeployedApp[]> {
  const names = readdirSync(path.join(root, 'apps')).filter((name) =>
    existsSync(path.join(root, 'apps', name, 'src', 'config.ts')),
  );
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(root, 'apps', name, 'src', 'config.ts');
      const { configDefinition } = (await import(file)) as { configDefinition: ConfigDefinition };
      const shape = Object.entries(configDefinition.schema.shape);
      const required = shape
        .filter(([, schema]) => !(schema as z.ZodType).safeParse(undefined).success)
        .map(([key]) => key);
      return { name, settings: new Set(shape.map(([key]) => key)), required: new Set(required) };
    }),
  );
}
