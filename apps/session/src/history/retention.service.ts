import type { TenantId } from '@chargebus/domain';
import { ArchiveNotFound } from '@chargebus/errors';
import { ARCHIVE_BUCKET, fileOfArchive } from '@chargebus/persistence';
import type { ArchiveRecord, ArchiveRepository } from '@chargebus/persistence';
import type { RetentionPolicy, RetentionRepository } from '@chargebus/persistence/session';
import type {
  ArchiveView,
  GetArchive,
  GetRetention,
  ListArchives,
  PutRetention,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';

/** How long a tenant keeps its history, and where what left it went. */
export class RetentionService {
  constructor(
    private readonly policies: RetentionRepository,
    private readonly archives: ArchiveRepository,
    private readonly byDefault: RetentionPolicy,
  ) {}

  async policyOf(tenantId: TenantId): Promise<ReplyOf<typeof GetRetention>> {
    const own = await this.policies.find(tenantId);
    return { ...(own ?? this.byDefault), own: own !== null };
  }

  get({ tenantId }: RequestOf<typeof GetRetention>): Promise<ReplyOf<typeof GetRetention>> {
    return this.policyOf(tenantId);
  }

  async put({ tenantId, ...policy }: RequestOf<typeof PutRetention>): Promise<ReplyOf<typeof PutRetention>> {
    await this.policies.put(tenantId, policy);
    return { ...policy, own: true };
  }

  async list({ tenantId, page, ...filter }: RequestOf<typeof ListArchives>): Promise<ReplyOf<typeof ListArchives>> {
    const { items, total } = await this.archives.list(tenantId, filter, page);
    return { items: items.map(toView), total, nextCursor: null };
  }

  async find({ tenantId, archiveId }: RequestOf<typeof GetArchive>): Promise<ReplyOf<typeof GetArchive>> {
    const found = await this.archives.find(tenantId, archiveId);
    if (found === null) throw new ArchiveNotFound({ archiveId });
    return toView(found);
  }
}

const toView = (archive: ArchiveRecord): ArchiveView => ({
  archiveId: archive.archiveId,
  kind: archive.kind as ArchiveView['kind'],
  from: archive.from.toISOString(),
  until: archive.to.toISOString(),
  part: archive.part,
  rows: archive.rows,
  sizeBytes: archive.bytes,
  sha256: archive.sha256,
  bucket: ARCHIVE_BUCKET,
  file: fileOfArchive(archive.archiveId),
  createdAt: archive.createdAt.toISOString(),
});
