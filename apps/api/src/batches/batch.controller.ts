import { batchControl, batchParams, parametersIn } from '@chargebus/api-contract';
import type { BatchReport, ResultOf } from '@chargebus/api-contract';
import { ANY_DEVICE, DeviceId, NotifyIntervalMinimumS } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import { AddBatchOrders, BATCH_PAGE, RunBatchControl, RunBatchParams } from '@chargebus/requests';
import type { BatchOrder, JobReport, RequestOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { audienceOf } from '../auth/audience';
import { startOrderOf, stopOrderOf } from '../charge/charge-orders';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { jobItemView } from '../jobs/job.view';
import { actorOf } from '../params/parameter.view';
import { Settings } from '../settings/settings';

/** Up to so many devices are waited for unless the caller says otherwise. */
const SMALL_BATCH = 100;
const WAIT_MAX_S = 30;
/** Nobody knows yet how many devices a filter finds: a dry run or a few devices are over by then. */
const WAIT_FOR_FILTER_S = 5;
const MARGIN_S = 2; // a device that takes all of its time is still told of

type Report = z.infer<typeof JobReport>;
type ControlBody = CallOf<typeof batchControl>['body'];

/** Many devices in one call: jobs of `fleet` (H01–H06, H11). */
@Controller()
export class BatchController {
  constructor(
    private readonly bus: Bus,
    private readonly settings: Settings,
  ) {}

  @Endpoint(batchControl)
  async control(@Call() call: CallOf<typeof batchControl>): Promise<ResultOf<typeof batchControl>> {
    const { body, caller } = call;
    const notifyMinS = this.settings.get(NotifyIntervalMinimumS, caller.tenantId);
    const waitMs = waitSeconds(body, body.devices.length) * 1000;
    const orders = body.devices.map((device) => ({ deviceId: device.phy_id, order: orderOf(device, notifyMinS) }));
    const report = await this.bus.ask(
      RunBatchControl,
      {
        ...audienceOf(caller),
        clientId: caller.clientId,
        idempotencyKey: call.headers['idempotency-key'] ?? null,
        orders: orders.slice(0, BATCH_PAGE),
        total: orders.length,
        options: optionsOf(body),
        waitMs,
      },
      { extraTimeoutMs: waitMs, context: call.context },
    );
    return batchReport(await this.addOthers(report, orders, call));
  }

  @Endpoint(batchParams)
  async params(@Call() call: CallOf<typeof batchParams>): Promise<ResultOf<typeof batchParams>> {
    const { body, caller, context } = call;
    const waitMs = (body.wait_seconds ?? WAIT_FOR_FILTER_S) * 1000;
    const report = await this.bus.ask(
      RunBatchParams,
      {
        ...audienceOf(caller),
        clientId: caller.clientId,
        idempotencyKey: call.headers['idempotency-key'] ?? null,
        filter: filterOf(body.device_filters),
        values: parametersIn(body.params),
        mode: body.validation_enabled ? 'strict' : 'loose',
        dryRun: body.dry_run,
        actor: actorOf(caller),
        options: optionsOf(body),
        waitMs,
      },
      { extraTimeoutMs: waitMs, context },
    );
    return batchReport(report);
  }

  /** What did not fit into the first message. A batch that was made before goes on where it was left. */
  private async addOthers(
    first: Report,
    orders: RequestOf<typeof AddBatchOrders>['orders'],
    { caller, context }: CallOf<typeof batchControl>,
  ): Promise<Report> {
    const { jobId } = first.job;
    let report = first;
    while (report.job.status === 'preparing' && report.job.tally.total < orders.length) {
      const after = report.job.tally.total;
      const page = orders.slice(after, after + BATCH_PAGE);
      const last = after + page.length === orders.length;
      report = await this.bus.ask(
        AddBatchOrders,
        { tenantId: caller.tenantId, jobId, after, orders: page, last },
        { context },
      );
    }
    return { ...report, replayed: first.replayed };
  }
}

/** The body of a start is kept with its session as in a call for one device. */
function orderOf(device: ControlBody['devices'][number], notifyMinS: number): BatchOrder {
  const { action, params } = device;
  if (action === 'start_charging') return { action, ...startOrderOf(params, notifyMinS), requestBody: params };
  if (action === 'stop_charging') return { action, ...stopOrderOf(params) };
  return { action: 'control', name: action, force: params?.force ?? false };
}

interface Execution {
  readonly execution_mode: 'concurrent' | 'sequential';
  readonly max_concurrent: number;
  readonly timeout_seconds: number;
  readonly continue_on_error: boolean;
  readonly wait_seconds?: number | null | undefined;
}
const optionsOf = (body: Execution) => ({
  concurrency: body.execution_mode === 'sequential' ? 1 : body.max_concurrent,
  timeoutMs: body.timeout_seconds * 1000,
  continueOnError: body.continue_on_error,
});

/** As long as the batch can take where that is not too long. */
function waitSeconds(body: Execution, devices: number): number {
  if (body.wait_seconds != null) return body.wait_seconds;
  if (devices > SMALL_BATCH) return 0;
  const rounds = Math.ceil(devices / optionsOf(body).concurrency);
  return Math.min(WAIT_MAX_S, rounds * body.timeout_seconds + MARGIN_S);
}

/** What is not named does not matter. */
const filterOf = (given: CallOf<typeof batchParams>['body']['device_filters']): DeviceFilter => ({
  ...ANY_DEVICE,
  online: given.online_only === true ? true : null,
  types: given.device_types ?? null,
  regions: given.regions ?? null,
  stations: given.stations ?? null,
  groups: given.groups ?? null,
  tags: given.tags ?? null,
  models: given.models ?? null,
  protocols: given.protocols ?? null,
  text: given.q ?? null,
  deviceIds: given.device_phy_ids?.map((id) => DeviceId.parse(id)) ?? null,
});

const batchReport = ({ job, items, replayed }: Report): BatchReport => ({
  job_id: job.jobId,
  status: job.status,
  reason: job.reason,
  summary: job.tally,
  results: (items ?? []).map(jobItemView),
  replayed,
});
