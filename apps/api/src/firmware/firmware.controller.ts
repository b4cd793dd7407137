import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as contract from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { FIRMWARE_BUCKET } from '@chargebus/domain';
import { ChecksumMismatch, DataScopeTooNarrow } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { Blobs } from '../downloads/blobs';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { firmwareView } from './firmware.view';

/** Firmware images: bytes that are uploaded are stored here, everything else is asked of `fleet`. */
@Controller()
export class FirmwareController {
  constructor(
    private readonly bus: Bus,
    private readonly blobs: Blobs,
  ) {}

  @Endpoint(contract.uploadFirmware)
  async upload(
    @Call() { body, query, caller, context }: CallOf<typeof contract.uploadFirmware>,
  ): Promise<ResultOf<typeof contract.uploadFirmware>> {
    const sha256 = createHash('sha256').update(body).digest('hex');
    if (query.checksum !== undefined && query.checksum !== sha256)
      throw new ChecksumMismatch({ actual: sha256, expected: query.checksum });
    await this.store(`${caller.tenantId}.${sha256}`, body, query.file_name);
    const added = await this.bus.ask(
      requests.AddFirmware,
      {
        tenantId: caller.tenantId,
        description: {
          version: query.version,
          target: query.target,
          deviceType: query.device_type ?? null,
          fileName: query.file_name ?? null,
          models: query.models ?? [],
          hardwareVersions: query.hardware_versions ?? [],
          protocols: query.protocols ?? [],
          releaseNotes: query.release_notes ?? null,
          signing: null,
        },
        sha256,
        sourceUrl: null,
      },
      { context },
    );
    return firmwareView(added);
  }

  @Endpoint(contract.fetchFirmware)
  async fetch(
    @Call() { body, caller, context }: CallOf<typeof contract.fetchFirmware>,
  ): Promise<ResultOf<typeof contract.fetchFirmware>> {
    const { signing } = body;
    const added = await this.bus.ask(
      requests.AddFirmware,
      {
        tenantId: caller.tenantId,
        description: {
          version: body.version,
          target: body.target,
          deviceType: body.device_type ?? null,
          fileName: body.file_name ?? null,
          models: body.models,
          hardwareVersions: body.hardware_versions,
          protocols: body.protocols,
          releaseNotes: body.release_notes ?? null,
          signing:
            signing === undefined
              ? null
              : { certificatePem: signing.certificate_pem, signatureBase64: signing.signature_base64 },
        },
        sha256: body.checksum,
        sourceUrl: body.firmware_url,
      },
      { context },
    );
    return firmwareView(added);
  }

  @Endpoint(contract.listFirmware)
  async list(
    @Call() { query, caller, page, context }: CallOf<typeof contract.listFirmware>,
  ): Promise<ResultOf<typeof contract.listFirmware>> {
    const filter = { version: query.version ?? null, model: query.model ?? null, state: query.status ?? null };
    const found = await this.bus.ask(
      requests.ListFirmware,
      { tenantId: caller.tenantId, ...filter, page },
      { context },
    );
    return mapPage(found, firmwareView);
  }

  @Endpoint(contract.getFirmware)
  async get(@Call() call: CallOf<typeof contract.getFirmware>): Promise<ResultOf<typeof contract.getFirmware>> {
    return firmwareView(await this.bus.ask(requests.GetFirmware, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.linkFirmware)
  async link(@Call() call: CallOf<typeof contract.linkFirmware>): Promise<ResultOf<typeof contract.linkFirmware>> {
    const { url, expiresAt } = await this.bus.ask(requests.LinkFirmware, refOf(call), { context: call.context });
    return { url, expires_at: expiresAt };
  }

  /** Images are the tenant's: who reaches a part of its devices takes none away from the others. */
  @Endpoint(contract.deleteFirmware)
  async delete(
    @Call() call: CallOf<typeof contract.deleteFirmware>,
  ): Promise<ResultOf<typeof contract.deleteFirmware>> {
    if (call.caller.within !== null) throw new DataScopeTooNarrow();
    return this.bus.ask(requests.DeleteFirmware, refOf(call), { context: call.context });
  }

  /** Bytes that are there already stay untouched: a device may be reading them. */
  private async store(name: string, bytes: Uint8Array, fileName: string | undefined): Promise<void> {
    const bucket = await this.blobs.bucket(FIRMWARE_BUCKET);
    if ((await bucket.info(name)) !== null) return;
    await bucket.put(name, Readable.from([bytes]), fileName === undefined ? {} : { filename: fileName });
  }
}

const refOf = ({ caller, params }: Pick<CallOf<typeof contract.getFirmware>, 'caller' | 'params'>) => ({
  tenantId: caller.tenantId,
  firmwareId: params.firmwareId,
});
