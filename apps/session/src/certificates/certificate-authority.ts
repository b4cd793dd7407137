import type { CertificateUse } from '@chargebus/persistence/session';

export interface CertificateOrder {
  readonly csrPem: string;
  readonly use: CertificateUse;
  /** Common names that this device may bear. */
  readonly commonNames: readonly string[];
}
export interface Issued {
  readonly serialNumber: string; // hexadecimal
  readonly commonName: string;
  readonly chainPem: string; // leaf first, at most 10,000 characters
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Turns a device's request into a certificate. An operator's own authority is another implementation of this. */
export interface CertificateAuthority {
  /** Rejects when the authority cannot be reached. */
  issue(order: CertificateOrder): Promise<Issued | { readonly refused: string }>;
}
