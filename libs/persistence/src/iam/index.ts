export { iamMigrations } from './migrations';
