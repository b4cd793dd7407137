import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;
const DAY_MS = 86_400_000;

export interface Credential {
  readonly cert: string;
  readonly key: string;
  readonly serialNumber: string;
}

/** A certification authority for one test, and what it signs. */
export class TestAuthority {
  private constructor(
    private readonly name: string,
    private readonly keys: webcrypto.CryptoKeyPair,
    readonly certificate: string,
  ) {}

  static async create(commonName: string): Promise<TestAuthority> {
    const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
    const name = `CN=${commonName}`;
    const root = await X509CertificateGenerator.createSelfSigned({
      ...validity(),
      name,
      keys,
      signingAlgorithm: EC,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestAuthority(name, keys, root.toString('pem'));
  }

  /** For `localhost` and 127.0.0.1 where it is used by a server. */
  async issue(subject: string, kind: 'ec' | 'rsa' = 'ec'): Promise<Credential> {
    const algorithm = kind === 'ec' ? EC : RSA;
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const times = validity();
    const leaf = await X509CertificateGenerator.create({
      ...times,
      subject,
      issuer: this.name,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: EC,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      cert: leaf.toString('pem'),
      key: PemConverter.encode(key, PemConverter.PrivateKeyTag),
      serialNumber: times.serialNumber,
    };
  }

  async revoke(serialNumbers: readonly string[]): Promise<string> {
    const crl = await X509CrlGenerator.create({
      issuer: this.name,
      thisUpdate: new Date(Date.now() - DAY_MS),
      nextUpdate: new Date(Date.now() + DAY_MS),
      signingKey: this.keys.privateKey,
      signingAlgorithm: EC,
      entries: serialNumbers.map((serialNumber) => ({ serialNumber, revocationDate: new Date(Date.now() - DAY_MS) })),
    });
    return crl.toString('pem').replaceAll(/(BEGIN|END) CRL/g, '$1 X509 CRL'); // the only name that OpenSSL knows
  }
}

const validity = () => ({
  serialNumber: `4${randomBytes(8).toString('hex').slice(1)}`,
  notBefore: new Date(Date.now() - DAY_MS),
  notAfter: new Date(Date.now() + DAY_MS),
});
