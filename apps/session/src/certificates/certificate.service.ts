import type { Logger } from '@chargebus/observability';
import type { CertificateRepository, CredentialRepository } from '@chargebus/persistence/session';
import type { ReplyOf, RequestOf, SignCertificate } from '@chargebus/requests';
import type { CertificateAuthority } from './certificate-authority';

/** Certificates that devices ask for: checked, issued, recorded before they are handed out. */
export class CertificateService {
  constructor(
    private readonly certificates: Pick<CertificateRepository, 'add'>,
    private readonly credentials: Pick<CredentialRepository, 'findKnown'>,
    private readonly authority: CertificateAuthority | null, // null: nobody signs here
    private readonly logger: Logger,
  ) {}

  async sign({ csrPem, deviceId, use }: RequestOf<typeof SignCertificate>): Promise<ReplyOf<typeof SignCertificate>> {
    if (this.authority === null) return rejected('no certification authority is configured');
    const device = (await this.credentials.findKnown([deviceId])).get(deviceId);
    if (device === undefined) return rejected('the device is not registered');
    const commonNames = [device.credentials?.certificateCn ?? deviceId];
    const issued = await this.authority.issue({ csrPem, use, commonNames });
    if ('refused' in issued) {
      this.logger.warn({ deviceId, use, reason: issued.refused }, 'certificate refused');
      return rejected(issued.refused);
    }
    await this.certificates.add({ tenantId: device.tenantId, deviceId, use, ...issued });
    this.logger.info({ deviceId, use, serialNumber: issued.serialNumber }, 'certificate issued');
    return { decision: 'accepted', reason: null, chainPem: issued.chainPem };
  }
}

const rejected = (reason: string): ReplyOf<typeof SignCertificate> => ({
  decision: 'rejected',
  reason,
  chainPem: null,
});
