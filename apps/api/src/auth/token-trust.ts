import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** `alg` values that a key of the kind may be used with; what a token's own header says never widens this. */
export type TokenAlgorithm = 'HS256' | 'RS256' | 'PS256' | 'ES256';

/** An issuer whose tokens are believed. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string | null; // null: not looked at
  /** Keys to try for a token with this `kid`, each with the one algorithm that it is for. */
  keysFor(kid: string | null): readonly TrustedKey[];
}
export interface TrustedKey {
  readonly key: KeyObject | Buffer;
  readonly algorithm: TokenAlgorithm;
}

/** An issuer that shares a secret with us, or we ourselves. */
export const sharedSecretIssuer = (
  issuer: string,
  audience: string | null,
  secrets: readonly Buffer[],
): TrustedIssuer => ({
  issuer,
  audience,
  keysFor: () => secrets.map((key) => ({ key, algorithm: 'HS256' })),
});

const JwksFile = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.string(),
        kid: z.string().optional(),
        alg: z.string().optional(),
        use: z.string().optional(),
        crv: z.string().optional(),
      }),
    )
    .min(1),
});
interface NamedKey extends TrustedKey {
  readonly kid: string | null;
}

/** Public keys of an issuer in a JWKS file, read again when it was changed: keys are rotated by replacing the file. */
export class JwksFileIssuer implements TrustedIssuer {
  private keys: readonly NamedKey[] = [];
  private readFor = NaN; // mtime of what was read, in ms

  /** Throws when the file cannot be read or holds no key that can be used. */
  constructor(
    readonly issuer: string,
    readonly audience: string | null,
    private readonly path: string,
  ) {
    this.read();
  }

  keysFor(kid: string | null): readonly TrustedKey[] {
    let found = this.matching(kid);
    if (found.length === 0 && this.changed()) {
      this.read();
      found = this.matching(kid);
    }
    return found;
  }

  private matching(kid: string | null): readonly NamedKey[] {
    return kid === null ? this.keys : this.keys.filter((key) => key.kid === kid);
  }

  private changed(): boolean {
    return statSync(this.path).mtimeMs !== this.readFor;
  }

  private read(): void {
    const readFor = statSync(this.path).mtimeMs;
    const { keys } = JwksFile.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    this.keys = keys.flatMap((jwk) => {
      const algorithm = algorithmOf(jwk);
      if (algorithm === null || (jwk.use !== undefined && jwk.use !== 'sig')) return [];
      return [{ kid: jwk.kid ?? null, algorithm, key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }) }];
    });
    this.readFor = readFor;
    if (this.keys.length === 0) throw new Error(`${this.path} holds no key for RS256, PS256 or ES256`);
  }
}

/** Null: a kind of key that is not believed, a symmetric one above all. */
function algorithmOf({
  kty,
  alg,
  crv,
}: {
  kty: string;
  alg?: string | undefined;
  crv?: string | undefined;
}): TokenAlgorithm | null {
  if (kty === 'RSA') return alg === undefined || alg === 'RS256' ? 'RS256' : alg === 'PS256' ? 'PS256' : null;
  return kty === 'EC' && crv === 'P-256' && (alg === undefined || alg === 'ES256') ? 'ES256' : null;
}
