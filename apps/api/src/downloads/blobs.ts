import { BlobStore } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';

/** Buckets by name, each opened once per process, when it is first asked for. */
export class Blobs {
  private readonly opened = new Map<string, Promise<BlobStore>>();

  constructor(private readonly bus: Bus) {}

  bucket(name: string): Promise<BlobStore> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = BlobStore.open(this.bus, name);
    this.opened.set(name, opening);
    opening.catch(() => this.opened.delete(name)); // the next one tries again
    return opening;
  }
}
