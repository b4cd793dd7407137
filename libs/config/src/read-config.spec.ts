import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { commonSettings, refuseDevelopmentSecrets } from './common';
import { csvNumbers, defineConfig, secret } from './define-config';
import { ConfigError, readConfig, summariseConfig } from './read-config';

const definition = defineConfig('sample', {
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  RETRY_DELAYS_S: csvNumbers.default([1, 2]),
  DATABASE_URL: secret(),
});

describe('reading the settings of an app', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'chargebus-config-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (text: string): string => {
    const name = path.join(folder, 'settings.yaml');
    writeFileSync(name, text);
    return name;
  };

  it('Y15 takes the default, over it the file, over both the environment', () => {
    const CONFIG_FILE = file('HTTP_PORT: 4000\nDATABASE_URL: from-file\n');
    expect(readConfig(definition, { DATABASE_URL: 'given' })).toMatchObject({
      HTTP_PORT: 3000,
      RETRY_DELAYS_S: [1, 2],
    });
    expect(readConfig(definition, { CONFIG_FILE })).toMatchObject({ HTTP_PORT: 4000, DATABASE_URL: 'from-file' });
    expect(readConfig(definition, { CONFIG_FILE, HTTP_PORT: '5000', RETRY_DELAYS_S: '5,7' })).toMatchObject({
      HTTP_PORT: 5000,
      RETRY_DELAYS_S: [5, 7],
      DATABASE_URL: 'from-file',
    });
  });

  it('Y15 counts an empty variable as not set', () => {
    expect(readConfig(definition, { DATABASE_URL: 'given', HTTP_PORT: '' }).HTTP_PORT).toBe(3000);
  });

  it('names the app and every setting that is wrong', () => {
    expect(() => readConfig(definition, { HTTP_PORT: '70000' })).toThrow(ConfigError);
    expect(() => readConfig(definition, { HTTP_PORT: '70000' })).toThrow(/sample[^]*HTTP_PORT[^]*DATABASE_URL/);
  });

  it('refuses a file that is not there or holds no object', () => {
    expect(() => readConfig(definition, { CONFIG_FILE: path.join(folder, 'none.yaml') })).toThrow('does not exist');
    expect(() => readConfig(definition, { CONFIG_FILE: file('- a\n- b\n') })).toThrow('must hold one object');
  });

  it('X05 leaves secrets out of the summary', () => {
    const config = readConfig(definition, { DATABASE_URL: 'postgres://u:hidden@h/d' });
    expect(summariseConfig(definition, config)).toMatchObject({ HTTP_PORT: 3000, DATABASE_URL: '***' });
    expect(JSON.stringify(summariseConfig(definition, config))).not.toContain('hidden');
  });
});

describe('the profile', () => {
  it('is production unless it is said otherwise', () => {
    const config = readConfig(defineConfig('sample', commonSettings), { NATS_URL: 'nats://h' });
    expect(config.CHARGEBUS_PROFILE).toBe('production');
  });

  it.each(['production', 'staging'] as const)('%s refuses a secret that is marked as one of development', (profile) => {
    const secrets = { SECRETS_KEYS: 'development-only:AAAA', UNSET: undefined };
    expect(() => {
      refuseDevelopmentSecrets(profile, secrets);
    }).toThrow(/SECRETS_KEYS is a development secret/);
    refuseDevelopmentSecrets('development', secrets);
  });
});
