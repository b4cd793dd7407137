import { randomUUID } from 'node:crypto';
import { sign } from 'jsonwebtoken';

/** Signs tokens of this installation's own people. */
export class TokenIssuer {
  constructor(
    readonly issuer: string,
    private readonly audience: string | null,
    private readonly key: Buffer,
  ) {}

  issue(subject: string, lifetimeS: number, nowMs: number): { readonly token: string; readonly expiresAt: string } {
    const issuedAt = Math.floor(nowMs / 1000);
    const token = sign({ iat: issuedAt, exp: issuedAt + lifetimeS }, this.key, {
      algorithm: 'HS256',
      issuer: this.issuer,
      subject,
      jwtid: randomUUID(),
      ...(this.audience === null ? {} : { audience: this.audience }),
    });
    return { token, expiresAt: new Date((issuedAt + lifetimeS) * 1000).toISOString() };
  }
}
