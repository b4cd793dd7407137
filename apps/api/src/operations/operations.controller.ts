import type { HealthCheck, Metrics } from '@chargebus/observability';
import { runChecks } from '@chargebus/observability';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HEALTH_CHECKS, METRICS } from '../tokens';

/** Health and metrics: open, without the envelope, for probes and Prometheus (X02, D03, X15). */
@Controller()
export class OperationsController {
  constructor(
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(HEALTH_CHECKS) private readonly checks: Readonly<Record<string, HealthCheck>>,
  ) {}

  @Get('/health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('/health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await runChecks(this.checks);
    await reply.status(report.status === 'ok' ? 200 : 503).send(report);
  }

  @Get(['/api/metrics', '/metrics', '/actuator/prometheus'])
  async expose(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.registry.contentType).send(await this.metrics.expose());
  }
}
