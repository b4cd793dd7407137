import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letDaysGo } from '../daily-partitions';

/** Tenants keep the log of their calls for different times, so a day goes when the last of them lets it go. */
export class RequestLogLeaves1763730000232 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await letDaysGo(runner, 'iam', 'api_request_logs');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION iam.drop_api_request_logs_day(date, bigint), iam.drop_empty_api_request_logs_days(date)',
    );
  }
}
