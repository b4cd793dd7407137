import { commonSettings, databaseSettings, defineConfig, secretsSettings } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';

export const configDefinition = defineConfig('fleet', {
  ...commonSettings,
  ...databaseSettings,
  ...secretsSettings,
});
export type Config = ConfigOf<typeof configDefinition>;
