import { createHash } from 'node:crypto';
import { FIRMWARE_BUCKET } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { BlobStore } from '@chargebus/messaging';
import type { BlobInfo, Bus } from '@chargebus/messaging';

/** The stored bytes. A blob is named after its owner and its digest, so the same bytes of a tenant are one blob. */
export class Images {
  private opened: Promise<BlobStore> | null = null;

  constructor(private readonly bus: Bus) {}

  store(): Promise<BlobStore> {
    this.opened ??= BlobStore.open(this.bus, FIRMWARE_BUCKET).catch((error: unknown) => {
      this.opened = null; // the next one tries again
      throw error;
    });
    return this.opened;
  }

  async find(tenantId: TenantId, sha256: string): Promise<BlobInfo | null> {
    return (await this.store()).info(blobName(tenantId, sha256));
  }

  /** Stores what `source` gives if, and only if, it has the digest. Throws DigestDiffers; nothing is stored then. */
  async put(
    tenantId: TenantId,
    sha256: string,
    source: AsyncIterable<Uint8Array>,
    fileName: string | null,
  ): Promise<BlobInfo> {
    const labels: Readonly<Record<string, string>> = fileName === null ? {} : { filename: fileName };
    return (await this.store()).put(blobName(tenantId, sha256), checked(source, sha256), labels);
  }
}

export const blobName = (tenantId: TenantId, sha256: string): string => `${tenantId}.${sha256}`;

/** The bytes are not those that were announced. */
export class DigestDiffers extends Error {
  constructor(readonly actual: string) {
    super(`the bytes have sha256 ${actual}`);
  }
}

/** A blob is written whole or not at all, so an error at the end undoes it. */
async function* checked(source: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  const actual = hash.digest('hex');
  if (actual !== sha256) throw new DigestDiffers(actual);
}
