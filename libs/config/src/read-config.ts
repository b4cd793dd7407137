import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { isSecret } from './define-config';
import type { ConfigDefinition } from './define-config';

export class ConfigError extends Error {}

/**
 * Settings of one app: defaults, overridden by the file named in `CONFIG_FILE` (YAML or JSON, one object of the same
 * names), overridden by the environment. An empty variable counts as not set. Throws ConfigError naming every
 * setting that is wrong.
 */
export function readConfig<S extends z.ZodRawShape>(
  definition: ConfigDefinition<S>,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<z.infer<z.ZodObject<S>>> {
  const fromFile = readFile(env.CONFIG_FILE);
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(definition.schema.shape)) {
    const fromEnv = env[name];
    if (fromEnv !== undefined && fromEnv !== '') values[name] = fromEnv;
    else if (fromFile[name] !== undefined) values[name] = fromFile[name];
  }
  const parsed = definition.schema.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`${definition.app}: configuration is not usable\n${lines.join('\n')}`);
  }
  return Object.freeze(parsed.data);
}

function readFile(path: string | undefined): Record<string, unknown> {
  if (path === undefined || path === '') return {};
  if (!existsSync(path)) throw new ConfigError(`CONFIG_FILE ${path} does not exist`);
  const content: unknown = parse(readFileSync(path, 'utf8'));
  const parsed = z.record(z.string(), z.unknown()).safeParse(content);
  if (!parsed.success) throw new ConfigError(`CONFIG_FILE ${path} must hold one object`);
  return parsed.data;
}

/** What the process runs with, secrets replaced: for one log line at start. */
export function summariseConfig(
  definition: ConfigDefinition,
  config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(definition.schema.shape).map(([name, schema]) => [
      name,
      isSecret(schema as z.ZodType) && config[name] !== undefined ? '***' : config[name],
    ]),
  );
}
