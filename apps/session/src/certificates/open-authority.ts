import type { Config } from '../config';
import type { CertificateAuthority } from './certificate-authority';
import { DevelopmentAuthority } from './development-authority';

/** Who signs here; null: nobody, and what devices ask for is rejected. Throws when the configured file is not usable. */
export async function openAuthority(config: Config, now: () => number): Promise<CertificateAuthority | null> {
  if (config.STATION_CA_FILE === undefined) return null;
  const isLaboratory = config.CHARGEBUS_PROFILE === 'development' || config.CHARGEBUS_PROFILE === 'test';
  return DevelopmentAuthority.open(config.STATION_CA_FILE, isLaboratory, {
    organisation: config.STATION_OPERATOR ?? null,
    validityDays: config.STATION_CERTIFICATE_DAYS,
    now,
  });
}
