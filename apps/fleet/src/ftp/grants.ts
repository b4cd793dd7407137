import type { Readable } from 'node:stream';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { FileGrant, FileGrantRepository } from '@chargebus/persistence/fleet';
import type { Images } from '../firmware/images';
import type { GrantSource } from './ftp-door';

/** The grants of all tenants: who asks is known by the grant alone. */
export class Grants implements GrantSource {
  constructor(
    private readonly database: Database,
    private readonly grants: FileGrantRepository,
    private readonly images: Images,
    private readonly upgrades: { transferred(grant: FileGrant, ended: boolean): Promise<void> },
    private readonly failed: (error: unknown) => void,
  ) {}

  ofUser(userName: string): Promise<FileGrant | null> {
    return this.database.transaction(asSystem('a login by FTP'), (tx) => this.grants.ofUser(tx, userName));
  }
  ofFile(fileName: string): Promise<FileGrant | null> {
    return this.database.transaction(asSystem('a file asked for by FTP'), (tx) => this.grants.ofFile(tx, fileName));
  }
  async open({ blob }: FileGrant): Promise<Readable> {
    const found = await (await this.images.store()).get(blob);
    if (found === null) throw new Error('the image is gone');
    return found.bytes;
  }
  /** Not waited for: the device's bytes are more urgent than what is told of them. */
  transferred(grant: FileGrant, ended: boolean): void {
    this.upgrades.transferred(grant, ended).catch(this.failed);
  }
}
