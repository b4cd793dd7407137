export { runService } from './run-service';
export { Ticker } from './ticker';
export type { RunningService, ServiceContext } from './run-service';
