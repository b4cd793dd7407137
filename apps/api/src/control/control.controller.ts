import {
  cancelControl,
  controlDevice,
  diagnoseDevice,
  getControl,
  getDiagnosis,
  listControls,
  listDiagnoses,
  rebootDevice,
} from '@chargebus/api-contract';
import type { Control, Diagnosis, ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import {
  CancelControl,
  ControlDevice,
  DiagnoseDevice,
  GetControl,
  GetDiagnosis,
  ListControls,
  ListDiagnoses,
} from '@chargebus/requests';
import type { ControlView, DiagnosisView, RequestOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { actorOf, waitOf } from '../params/parameter.view';

const DIAGNOSIS_WAIT_MS = 20_000;

/** What is done to a device as a whole, and how it is: asked of `fleet` (F14–F16, F23). */
@Controller()
export class ControlController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(controlDevice)
  control(@Call() call: CallOf<typeof controlDevice>): Promise<ResultOf<typeof controlDevice>> {
    return this.order(call, call.body.action);
  }
  @Endpoint(rebootDevice)
  reboot(@Call() call: CallOf<typeof rebootDevice>): Promise<ResultOf<typeof rebootDevice>> {
    return this.order(call, 'reboot');
  }

  private async order(
    { body, caller, context, params, query }: CallOf<typeof rebootDevice>,
    action: RequestOf<typeof ControlDevice>['action'],
  ): Promise<Control> {
    const waitMs = waitOf(query.wait);
    const control = await this.bus.ask(
      ControlDevice,
      {
        ...audienceOf(caller),
        deviceId: params.phyId,
        action,
        delayS: body.delay_seconds,
        reason: body.reason ?? null,
        notifyBefore: body.notify_before,
        force: body.force,
        actor: actorOf(caller),
        waitMs,
      },
      { extraTimeoutMs: waitMs, context },
    );
    return controlView(control);
  }

  @Endpoint(listControls)
  async list(@Call() call: CallOf<typeof listControls>): Promise<ResultOf<typeof listControls>> {
    const { caller, params, query, page, context } = call;
    const request = { ...audienceOf(caller), deviceId: params.phyId, state: query.status ?? null, page };
    return mapPage(await this.bus.ask(ListControls, request, { context }), controlView);
  }
  @Endpoint(getControl)
  async get(@Call() call: CallOf<typeof getControl>): Promise<ResultOf<typeof getControl>> {
    const { phyId, controlId } = call.params;
    const request = { ...audienceOf(call.caller), deviceId: phyId, controlId };
    return controlView(await this.bus.ask(GetControl, request, { context: call.context }));
  }
  @Endpoint(cancelControl)
  async cancel(@Call() call: CallOf<typeof cancelControl>): Promise<ResultOf<typeof cancelControl>> {
    const { phyId, controlId } = call.params;
    const request = { ...audienceOf(call.caller), deviceId: phyId, controlId };
    return controlView(await this.bus.ask(CancelControl, request, { context: call.context }));
  }

  @Endpoint(diagnoseDevice)
  async diagnose(@Call() call: CallOf<typeof diagnoseDevice>): Promise<ResultOf<typeof diagnoseDevice>> {
    const { body, caller, context, params } = call;
    const diagnosis = await this.bus.ask(
      DiagnoseDevice,
      {
        ...audienceOf(caller),
        deviceId: params.phyId,
        items: body.test_items,
        actor: actorOf(caller),
        waitMs: DIAGNOSIS_WAIT_MS,
      },
      { extraTimeoutMs: DIAGNOSIS_WAIT_MS, context },
    );
    if (diagnosis.results === null) call.accept();
    return diagnosisView(diagnosis, body.include_report);
  }
  @Endpoint(listDiagnoses)
  async diagnoses(@Call() call: CallOf<typeof listDiagnoses>): Promise<ResultOf<typeof listDiagnoses>> {
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId, page: call.page };
    const found = await this.bus.ask(ListDiagnoses, request, { context: call.context });
    return mapPage(found, (diagnosis) => diagnosisView(diagnosis, false));
  }
  @Endpoint(getDiagnosis)
  async diagnosis(@Call() call: CallOf<typeof getDiagnosis>): Promise<ResultOf<typeof getDiagnosis>> {
    const { phyId, diagnosisId } = call.params;
    const request = { ...audienceOf(call.caller), deviceId: phyId, diagnosisId };
    return diagnosisView(await this.bus.ask(GetDiagnosis, request, { context: call.context }), true);
  }
}

const byView = ({ clientId, name }: ControlView['actor']) => ({ client_id: clientId, name });

const controlView = (control: ControlView): Control => ({
  control_id: control.controlId,
  phy_id: control.deviceId,
  action: control.action,
  status: control.state,
  outcome: control.outcome,
  outcome_reason: control.why,
  reason: control.reason,
  delay_seconds: control.delayS,
  notify_before: control.notifyBefore,
  force: control.force,
  requested_by: byView(control.actor),
  command_id: control.commandId,
  command_status: control.commandStatus,
  created_at: control.createdAt,
  scheduled_at: control.scheduledAt,
  finished_at: control.finishedAt,
});

const diagnosisView = (diagnosis: DiagnosisView, withReport: boolean): Diagnosis => ({
  diagnosis_id: diagnosis.diagnosisId,
  phy_id: diagnosis.deviceId,
  status: diagnosis.results === null ? 'running' : 'done',
  passed: diagnosis.results?.every(({ status }) => status !== 'failed') ?? null,
  test_items: diagnosis.items,
  results: diagnosis.results,
  report: withReport ? diagnosis.report : null,
  requested_by: byView(diagnosis.actor),
  created_at: diagnosis.createdAt,
  finished_at: diagnosis.finishedAt,
});
