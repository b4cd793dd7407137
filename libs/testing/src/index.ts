export { eventually } from './eventually';
export { freePort, throwAwayDatabase, throwAwayNats, throwAwayRedis } from './servers';
export type { ThrowAwayDatabase, ThrowAwayServer } from './servers';
export { APPS, Installation } from './installation';
export type { AppName, AppProcess, InstallationOptions } from './installation';
export { privatePostgres } from './private-postgres';
export type { PrivatePostgres } from './private-postgres';
export { OcppStation } from './ocpp-station';
