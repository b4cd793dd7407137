import { BearerTokenInvalid } from '@chargebus/errors';
import { decode, verify } from 'jsonwebtoken';
import type { Jwt, JwtPayload } from 'jsonwebtoken';
import type { TrustedIssuer, TrustedKey } from './token-trust';

/** Whom a token names. */
export interface TokenSubject {
  readonly issuer: string;
  readonly subject: string;
}

const MAX_CHARS = 8_192;

/**
 * Checks tokens of people (D13): by an issuer that is believed, with one of its keys and the algorithm that the key is
 * for, within their time. A token says who somebody is, not what they may do: that is the principal's row.
 */
export class TokenVerifier {
  constructor(
    private readonly issuers: readonly TrustedIssuer[],
    private readonly clockSkewS: number,
  ) {}

  /** Throws BEARER_TOKEN_INVALID. */
  verify(token: string, nowMs: number): TokenSubject {
    if (token.length > MAX_CHARS) throw new BearerTokenInvalid({ reason: 'too long' });
    const unverified = this.decode(token);
    const claims = typeof unverified.payload === 'string' ? {} : unverified.payload;
    const trusted = this.issuers.find(({ issuer }) => issuer === claims.iss);
    if (trusted === undefined) throw new BearerTokenInvalid({ reason: 'unknown issuer' });
    const kid = unverified.header.kid ?? null;
    const keys = trusted.keysFor(kid).filter(({ algorithm }) => algorithm === unverified.header.alg);
    const { sub, exp } = this.verifyWithAny(token, keys, trusted, nowMs);
    if (exp === undefined) throw new BearerTokenInvalid({ reason: 'never expires' });
    if (sub === undefined || sub === '' || sub.length > 200) throw new BearerTokenInvalid({ reason: 'no subject' });
    return { issuer: trusted.issuer, subject: sub };
  }

  private decode(token: string): Jwt {
    const decoded = decodeOrNull(token);
    if (decoded === null) throw new BearerTokenInvalid({ reason: 'not a token' });
    return decoded;
  }

  private verifyWithAny(
    token: string,
    keys: readonly TrustedKey[],
    { issuer, audience }: TrustedIssuer,
    nowMs: number,
  ): JwtPayload {
    let failure: unknown = null;
    for (const { key, algorithm } of keys)
      try {
        const payload = verify(token, key, {
          algorithms: [algorithm],
          issuer,
          clockTolerance: this.clockSkewS,
          clockTimestamp: Math.floor(nowMs / 1000),
          ...(audience === null ? {} : { audience }),
        });
        if (typeof payload !== 'string') return payload;
      } catch (error) {
        failure = error;
      }
    throw new BearerTokenInvalid({ reason: reasonOf(failure) }, { cause: failure });
  }
}

function decodeOrNull(token: string): Jwt | null {
  try {
    return decode(token, { complete: true });
  } catch {
    return null; // a header or payload that is no JSON
  }
}

function reasonOf(failure: unknown): string {
  const { name, message } = failure instanceof Error ? failure : { name: '', message: '' };
  if (name === 'TokenExpiredError') return 'expired';
  if (name === 'NotBeforeError') return 'not good yet';
  if (message.startsWith('jwt audience')) return 'for another audience';
  return 'not signed by a key of its issuer';
}
