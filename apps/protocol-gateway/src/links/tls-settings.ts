import { constants, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TlsOptions } from 'node:tls';

export interface TlsFiles {
  readonly certFiles: readonly string[]; // chains; one for each key: ECDSA and RSA side by side
  readonly keyFiles: readonly string[];
  /** Who signs the certificates of stations. Null: none is asked for. */
  readonly clientCaFile: string | null;
  readonly clientCrlFile: string | null; // revoked ones, in PEM; null: the operator keeps no list
}

/** ocpp.md §1.3: the two with RSA key exchange are required for small devices, and need the RSA certificate. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
].join(':');
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** What a TLS listener runs with, read from its files now. Throws when one cannot be read. */
export function readTlsSettings(files: TlsFiles): TlsOptions {
  const read = (file: string): Buffer => readFileSync(file);
  return {
    cert: files.certFiles.map(read),
    key: files.keyFiles.map(read),
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_COMPRESSION | constants.SSL_OP_NO_RENEGOTIATION,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    ...(files.clientCaFile === null
      ? {}
      : { ca: [read(files.clientCaFile)], requestCert: true, rejectUnauthorized: true }),
    ...(files.clientCrlFile === null ? {} : { crl: [read(files.clientCrlFile)] }),
  };
}

/** Tells settings apart by what is in the files: renewed certificates often keep their names. */
export function fingerprintOf({ ca, cert, crl, key }: TlsOptions): string {
  const hash = createHash('sha256');
  for (const files of [cert, key, ca, crl])
    for (const file of Array.isArray(files) ? files : []) if (Buffer.isBuffer(file)) hash.update(file);
  return hash.digest('hex');
}
