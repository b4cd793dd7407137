import * as contract from '@chargebus/api-contract';
import type { InputOf, ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import { ValidationFailed } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { logUploadView, upgradeView } from './firmware.view';

/** Upgrades and logs of one device: asked of `fleet`. */
@Controller()
export class UpgradeController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.upgradeDevice)
  async start(
    @Call() { body, params, caller, context }: CallOf<typeof contract.upgradeDevice>,
  ): Promise<ResultOf<typeof contract.upgradeDevice>> {
    const upgrade = await this.bus.ask(
      requests.StartUpgrade,
      {
        ...audienceOf(caller),
        deviceId: params.phyId,
        clientId: caller.clientId,
        firmware: wantedBy(body),
        mode: body.upgrade_mode,
        scheduledAt: body.scheduled_time == null ? null : toInstant(Date.parse(body.scheduled_time)),
        rollbackEnabled: body.rollback_enabled,
        notifyProgress: body.notify_progress,
      },
      { context },
    );
    return upgradeView(upgrade);
  }

  @Endpoint(contract.listUpgrades)
  async list(@Call() call: CallOf<typeof contract.listUpgrades>): Promise<ResultOf<typeof contract.listUpgrades>> {
    const { caller, params, page, context } = call;
    const request = { ...audienceOf(caller), deviceId: params.phyId, page };
    return mapPage(await this.bus.ask(requests.ListUpgrades, request, { context }), upgradeView);
  }

  @Endpoint(contract.getUpgrade)
  async get(@Call() call: CallOf<typeof contract.getUpgrade>): Promise<ResultOf<typeof contract.getUpgrade>> {
    return upgradeView(await this.bus.ask(requests.GetUpgrade, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.cancelUpgrade)
  async cancel(@Call() call: CallOf<typeof contract.cancelUpgrade>): Promise<ResultOf<typeof contract.cancelUpgrade>> {
    return upgradeView(await this.bus.ask(requests.CancelUpgrade, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.rollBackUpgrade)
  async rollBack(
    @Call() call: CallOf<typeof contract.rollBackUpgrade>,
  ): Promise<ResultOf<typeof contract.rollBackUpgrade>> {
    const request = { ...refOf(call), clientId: call.caller.clientId };
    return upgradeView(await this.bus.ask(requests.RollBackUpgrade, request, { context: call.context }));
  }

  @Endpoint(contract.requestLogUpload)
  async requestLog(
    @Call() { body, params, caller, context }: CallOf<typeof contract.requestLogUpload>,
  ): Promise<ResultOf<typeof contract.requestLogUpload>> {
    const upload = await this.bus.ask(
      requests.RequestLogUpload,
      {
        ...audienceOf(caller),
        deviceId: params.phyId,
        clientId: caller.clientId,
        log: body.log_type,
        from: body.start_time == null ? null : toInstant(Date.parse(body.start_time)),
        until: body.end_time == null ? null : toInstant(Date.parse(body.end_time)),
      },
      { context },
    );
    return logUploadView(upload);
  }

  @Endpoint(contract.listLogUploads)
  async logs(@Call() call: CallOf<typeof contract.listLogUploads>): Promise<ResultOf<typeof contract.listLogUploads>> {
    const { caller, params, page, context } = call;
    const request = { ...audienceOf(caller), deviceId: params.phyId, page };
    return mapPage(await this.bus.ask(requests.ListLogUploads, request, { context }), logUploadView);
  }

  @Endpoint(contract.getLogUpload)
  async log(
    @Call() { caller, params, context }: CallOf<typeof contract.getLogUpload>,
  ): Promise<ResultOf<typeof contract.getLogUpload>> {
    const request = { ...audienceOf(caller), deviceId: params.phyId, uploadId: params.uploadId };
    return logUploadView(await this.bus.ask(requests.GetLogUpload, request, { context }));
  }
}

const refOf = ({ caller, params }: Pick<CallOf<typeof contract.getUpgrade>, 'caller' | 'params'>) => ({
  ...audienceOf(caller),
  deviceId: params.phyId,
  upgradeId: params.upgradeId,
});

/** The contract has seen to it that one of the two is whole. */
function wantedBy(
  body: InputOf<typeof contract.upgradeDevice>['body'],
): RequestOf<typeof requests.StartUpgrade>['firmware'] {
  const { firmware_id: firmwareId, firmware_url: url, version, checksum } = body;
  if (firmwareId !== undefined) return { firmwareId, version: version ?? null, sha256: checksum ?? null };
  if (url === undefined || version === undefined || checksum === undefined)
    throw new ValidationFailed({ summary: 'firmware_url, version and checksum are needed' });
  return { url, version, sha256: checksum };
}
