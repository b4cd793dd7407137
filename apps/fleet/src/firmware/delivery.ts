import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { FIRMWARE_BUCKET, toInstant } from '@chargebus/domain';
import type { CommandOf, FirmwareSource } from '@chargebus/domain';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { FileGrantRepository, FirmwareRecord, UpgradeRecord } from '@chargebus/persistence/fleet';
import type { SignedLink } from '@chargebus/security';
import { wayOf } from './compatibility';
import { blobName } from './images';

export interface DeliveryOptions {
  /** Where devices reach the FTP server; null: there is none. */
  readonly ftp: { readonly address: string; readonly port: number } | null;
  readonly lifeMs: number; // of addresses and credentials
  readonly secretsKeys: string;
}
/** Digits and letters that no device mangles. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const BKV_NAME_CHARS = 13; // bkv.md §9: no credentials, so the name is the secret (65 bits)
const CREDENTIAL_CHARS = 16; // ykc.md: user and password

/**
 * The order that brings an image to a device in the way of its protocol. Credentials are functions of upgrade and attempt,
 * so that an order which is given again after a crash is the same order.
 */
export class Delivery {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly grants: FileGrantRepository,
    private readonly links: SignedLink,
    private readonly options: DeliveryOptions,
  ) {
    const secret = Buffer.from(options.secretsKeys.split(',')[0]?.split(':')[1] ?? '', 'base64');
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'chargebus file grant', 32));
  }

  get servesFtp(): boolean {
    return this.options.ftp !== null;
  }

  /** Null: this protocol, or this installation, has no way. */
  async order(upgrade: UpgradeRecord, firmware: FirmwareRecord): Promise<CommandOf<'firmware.update'> | null> {
    const way = wayOf(upgrade.protocol);
    if (way === 'packets') return { ...order(firmware), imageBlob: blobName(firmware.tenantId, firmware.sha256) };
    if (way === 'link') return { ...order(firmware), source: this.link(firmware) };
    if (way === null || this.options.ftp === null) return null;
    return { ...order(firmware), source: await this.file(upgrade, firmware, way === 'ftp') };
  }

  private link({ tenantId, sha256, signing }: FirmwareRecord): FirmwareSource {
    const expiresAt = new Date(Date.now() + this.options.lifeMs);
    const location = this.links.urlOf({ bucket: FIRMWARE_BUCKET, file: blobName(tenantId, sha256) }, expiresAt);
    return { location, retrieveAt: toInstant(Date.now()), ...(signing == null ? {} : { signing }) };
  }

  private async file(upgrade: UpgradeRecord, firmware: FirmwareRecord, withUser: boolean): Promise<FirmwareSource> {
    const { ftp, lifeMs } = this.options;
    if (ftp === null || firmware.sizeBytes === null) throw new Error('nothing to serve by FTP');
    const grantId = `${upgrade.upgradeId}:${upgrade.attempts.toString()}`;
    const fileName = this.secretOf(grantId, 'file').slice(0, BKV_NAME_CHARS);
    const user = withUser ? this.secretOf(grantId, 'user').slice(0, CREDENTIAL_CHARS) : null;
    const password = this.secretOf(grantId, 'password').slice(0, CREDENTIAL_CHARS);
    await this.database.transaction(forTenant(upgrade.tenantId), (tx) =>
      this.grants.insert(tx, {
        grantId,
        tenantId: upgrade.tenantId,
        upgradeId: upgrade.upgradeId,
        userName: user,
        passwordHash: user === null ? null : hashOf(password),
        fileName,
        blob: blobName(firmware.tenantId, firmware.sha256),
        sizeBytes: firmware.sizeBytes ?? 0,
        expiresAt: new Date(Date.now() + lifeMs),
      }),
    );
    const location = `ftp://${ftp.address}:${ftp.port.toString()}/${fileName}`;
    return { location, ...(user === null ? {} : { user, password }) };
  }

  private secretOf(grantId: string, what: string): string {
    const bytes = createHmac('sha256', this.key).update(`${grantId}\n${what}`).digest();
    return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('');
  }
}

export const hashOf = (password: string): string => createHash('sha256').update(password).digest('hex');

const order = ({ target, version, deviceType }: FirmwareRecord): CommandOf<'firmware.update'> => ({
  kind: 'firmware.update',
  target,
  imageBase64: null,
  version,
  deviceType,
});
