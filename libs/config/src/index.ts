export { csvNumbers, csvStrings, defineConfig, flag, isSecret, secret, tcpPort } from './define-config';
export type { ConfigDefinition, ConfigOf } from './define-config';
export { ConfigError, readConfig, summariseConfig } from './read-config';
export {
  commonSettings,
  databaseSettings,
  DEVELOPMENT_SECRET_MARK,
  linkSettings,
  PROFILES,
  redisSettings,
  refuseDevelopmentSecrets,
  secretsSettings,
} from './common';
export type { Profile } from './common';
