export { fleetMigrations } from './migrations';
