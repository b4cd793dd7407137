export { createLogger } from './logger';
export type { Logger } from './logger';
export { Metrics } from './metrics';
export type { Counter, Gauge, Histogram } from './metrics';
export { OpsServer, runChecks } from './ops-server';
export type { HealthCheck, HealthReport } from './ops-server';
