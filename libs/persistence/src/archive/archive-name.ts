import type { TenantId } from '@chargebus/domain';

export const ARCHIVE_BUCKET = 'archive';

/** The same rows archived again, because nobody knows how the first try ended, go into the same file. */
export const archiveId = (kind: string, tenantId: TenantId, from: Date, part: number): string =>
  `${kind}-${tenantId}-${from.toISOString().slice(0, 10).replaceAll('-', '')}-${part.toString()}`;

export const fileOfArchive = (id: string): string => `${id}.jsonl.gz`;
