export { sessionMigrations } from './migrations';
