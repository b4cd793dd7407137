export { commandMigrations } from './migrations';
