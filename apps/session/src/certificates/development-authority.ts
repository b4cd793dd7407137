import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateAuthority, CertificateOrder, Issued } from './certificate-authority';
import { refusalOf } from './check-request';

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const ROOT_DAYS = 3_650;
const DAY_MS = 86_400_000;
const CLOCK_SKEW_MS = 3_600_000; // stations whose clock is a little behind must find it valid

export interface AuthorityOptions {
  readonly organisation: string | null; // that requests must name; null: any
  readonly validityDays: number;
  readonly now: () => number;
}

/**
 * A certification authority in one file: its certificate and its key. For laboratories and demonstrations, and for
 * operators who keep the key of their station CA themselves.
 */
export class DevelopmentAuthority implements CertificateAuthority {
  private constructor(
    private readonly certificate: X509Certificate,
    private readonly key: webcrypto.CryptoKey,
    private readonly options: AuthorityOptions,
  ) {}

  /** Reads the file; `create`: makes it first where there is none. Throws when it holds no certificate and key. */
  static async open(file: string, create: boolean, options: AuthorityOptions): Promise<DevelopmentAuthority> {
    if (create && !existsSync(file)) await makeRoot(file, options);
    const pem = readFileSync(file, 'utf8');
    const key = PemConverter.decodeWithHeaders(pem).find(({ type }) => type === PemConverter.PrivateKeyTag);
    if (key === undefined) throw new Error(`${file} holds no private key`);
    const imported = await webcrypto.subtle.importKey('pkcs8', key.rawData, SIGNING, false, ['sign']);
    return new DevelopmentAuthority(new X509Certificate(pem), imported, options);
  }

  async issue({ commonNames, csrPem, use }: CertificateOrder): Promise<Issued | { readonly refused: string }> {
    const request = await readRequest(csrPem);
    if (request === null) return { refused: 'the request cannot be read, or is not signed with its own key' };
    const refused = refusalOf(request, { commonNames, organisation: this.options.organisation });
    if (refused !== null) return { refused };
    const issuedAtMs = this.options.now();
    const expiresAtMs = Math.min(
      issuedAtMs + this.options.validityDays * DAY_MS,
      this.certificate.notAfter.getTime(), // none outlives its issuer
    );
    const serialNumber = newSerialNumber();
    const leaf = await X509CertificateGenerator.create({
      serialNumber,
      subject: request.subjectName.toString(),
      issuer: this.certificate.subject,
      notBefore: new Date(issuedAtMs - CLOCK_SKEW_MS),
      notAfter: new Date(expiresAtMs),
      signingAlgorithm: SIGNING,
      signingKey: this.key,
      publicKey: request.publicKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyAgreement, true),
        new ExtendedKeyUsageExtension([use === 'station' ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth]),
      ],
    });
    const [commonName = ''] = request.subjectName.getField('CN');
    const chainPem = `${leaf.toString('pem')}\n${this.certificate.toString('pem')}\n`;
    return { serialNumber, commonName, chainPem, issuedAtMs, expiresAtMs };
  }
}

async function makeRoot(file: string, { organisation, now }: AuthorityOptions): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: [{ CN: ['Chargebus development station CA'] }, { O: [organisation ?? 'Chargebus development'] }],
    notBefore: new Date(now() - CLOCK_SKEW_MS),
    notAfter: new Date(now() + ROOT_DAYS * DAY_MS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const key = PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    PemConverter.PrivateKeyTag,
  );
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${root.toString('pem')}\n${key}\n`, { mode: 0o600, flag: 'wx' });
}

/** Null: it is no request, or was not signed with the key that it names. */
async function readRequest(pem: string): Promise<Pkcs10CertificateRequest | null> {
  try {
    const request = new Pkcs10CertificateRequest(pem);
    return (await request.verify()) ? request : null;
  } catch {
    return null;
  }
}

/** 127 random bits, positive. */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
