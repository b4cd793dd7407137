import type { RetentionDays, TenantId } from '@chargebus/domain';
import { ArchiveNotFound, invalidField } from '@chargebus/errors';
import { ARCHIVE_BUCKET, fileOfArchive } from '@chargebus/persistence';
import type { ArchiveRecord, ArchiveRepository, RetentionRepository } from '@chargebus/persistence';
import type {
  ArchiveView,
  GetArchive,
  GetRetention,
  ListArchives,
  PutRetention,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';

/** How long a tenant keeps what, in whichever app, and where what left went. */
export class RetentionService {
  constructor(
    private readonly policies: RetentionRepository,
    private readonly archives: ArchiveRepository,
  ) {}

  policyOf(tenantId: TenantId): Promise<ReplyOf<typeof GetRetention>> {
    return this.policies.policyOf(tenantId);
  }

  async put({ tenantId, days }: RequestOf<typeof PutRetention>): Promise<ReplyOf<typeof PutRetention>> {
    const { samples, sessions } = { ...(await this.policies.installation()), ...daysGiven(days) };
    if (sessions < samples)
      throw invalidField('sessions_days', `must not be less than samples_days (${samples.toString()})`);
    await this.policies.put(tenantId, days);
    return this.policyOf(tenantId);
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

const daysGiven = (days: RequestOf<typeof PutRetention>['days']): Partial<RetentionDays> =>
  Object.fromEntries(Object.entries(days).filter(([, value]) => value !== undefined));

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
