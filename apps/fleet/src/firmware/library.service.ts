import { ChecksumMismatch, FirmwareInUse, FirmwareNotFound, FirmwareNotReady } from '@chargebus/errors';
import { FIRMWARE_BUCKET, toInstant } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { forTenant, sortableId } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { FirmwareRecord, FirmwareRepository } from '@chargebus/persistence/fleet';
import type {
  AddFirmware,
  FirmwareDescription,
  FirmwareView,
  LinkFirmware,
  ListFirmware,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import type { GuardedClient, SignedLink } from '@chargebus/security';
import { blobName } from './images';
import type { Images } from './images';

interface FirmwareRef {
  readonly tenantId: TenantId;
  readonly firmwareId: string;
}
const LINK_LIFE_MS = 3_600_000;

/** The images that a tenant has: what is told of each, and where its bytes are. */
export class LibraryService {
  constructor(
    private readonly database: Database,
    private readonly firmware: FirmwareRepository,
    private readonly images: Images,
    private readonly client: Pick<GuardedClient, 'check'>,
    private readonly links: SignedLink,
    private readonly fetches: { wake(): void },
  ) {}

  async add(request: RequestOf<typeof AddFirmware>): Promise<FirmwareView> {
    return firmwareView(await this.keep(request));
  }

  /** Kept once: the same bytes for the same version and target are the image that is there. */
  async keep({ tenantId, description, sha256, sourceUrl }: RequestOf<typeof AddFirmware>): Promise<FirmwareRecord> {
    const stored = await this.images.find(tenantId, sha256);
    if (stored !== null && stored.sha256 !== sha256)
      throw new ChecksumMismatch({ actual: stored.sha256, expected: sha256 });
    if (stored === null && sourceUrl === null)
      throw new FirmwareNotReady({ firmwareId: sha256, state: 'not uploaded' });
    if (sourceUrl !== null) await this.client.check(sourceUrl);
    const kept = await this.inTenant(tenantId, (tx) =>
      this.firmware.put(tx, {
        ...description,
        firmwareId: sortableId('fw'),
        tenantId,
        sha256,
        sourceUrl,
        sizeBytes: stored?.sizeBytes ?? null,
      }),
    );
    if (kept.state === 'fetching') this.fetches.wake();
    return kept;
  }

  async list({ tenantId, page, ...filter }: RequestOf<typeof ListFirmware>): Promise<ReplyOf<typeof ListFirmware>> {
    const found = await this.inTenant(tenantId, (tx) => this.firmware.page(tx, tenantId, filter, page));
    return { ...found, items: found.items.map(firmwareView) };
  }

  async get(ref: FirmwareRef): Promise<FirmwareView> {
    return firmwareView(await this.find(ref));
  }
  /** Throws FIRMWARE_NOT_FOUND. */
  async find({ tenantId, firmwareId }: FirmwareRef): Promise<FirmwareRecord> {
    const found = await this.inTenant(tenantId, (tx) => this.firmware.findOffered(tx, tenantId, firmwareId));
    if (found === null) throw new FirmwareNotFound({ firmwareId });
    return found;
  }

  /** Its bytes stay for a while, for devices that are fetching them and for rollbacks that were begun. */
  async remove(ref: FirmwareRef): Promise<{ deleted: true }> {
    await this.find(ref);
    const removed = await this.inTenant(ref.tenantId, (tx) => this.firmware.remove(tx, ref.tenantId, ref.firmwareId));
    if (!removed) throw new FirmwareInUse({ firmwareId: ref.firmwareId });
    return { deleted: true };
  }

  async link(ref: FirmwareRef): Promise<ReplyOf<typeof LinkFirmware>> {
    const { firmwareId, state, tenantId, sha256 } = await this.find(ref);
    if (state !== 'stored') throw new FirmwareNotReady({ firmwareId, state });
    const expiresAt = new Date(Date.now() + LINK_LIFE_MS);
    return {
      url: this.links.urlOf({ bucket: FIRMWARE_BUCKET, file: blobName(tenantId, sha256) }, expiresAt),
      expiresAt: toInstant(expiresAt.getTime()),
    };
  }

  private inTenant<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

/** What is known of an image that an upgrade names by its address alone. */
export const undescribed = (version: string): FirmwareDescription => ({
  version,
  target: 'device',
  deviceType: null,
  fileName: null,
  models: [],
  hardwareVersions: [],
  protocols: [],
  releaseNotes: null,
  signing: null,
});

export const firmwareView = ({ signing, createdAt, ...firmware }: FirmwareRecord): FirmwareView => ({
  firmwareId: firmware.firmwareId,
  version: firmware.version,
  sha256: firmware.sha256,
  sizeBytes: firmware.sizeBytes,
  state: firmware.state,
  failure: firmware.failure,
  sourceUrl: firmware.sourceUrl,
  fileName: firmware.fileName,
  target: firmware.target,
  deviceType: firmware.deviceType,
  models: [...firmware.models],
  hardwareVersions: [...firmware.hardwareVersions],
  protocols: [...firmware.protocols],
  releaseNotes: firmware.releaseNotes,
  signed: signing != null,
  createdAt: toInstant(createdAt.getTime()),
});
