export { webhookMigrations } from './migrations';
