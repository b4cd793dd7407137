import { generateKeyPairSync } from 'node:crypto';
import type { KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sign } from 'jsonwebtoken';
import type { Algorithm } from 'jsonwebtoken';
import { JwksFileIssuer } from './token-trust';
import { TokenVerifier } from './token-verifier';

const ISSUER = 'https://idp.example';
const NOW = Date.parse('2026-01-01T00:00:00Z');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const folder = mkdtempSync(path.join(tmpdir(), 'chargebus-jwks-'));
const file = path.join(folder, 'jwks.json');
const jwk = (pair: KeyPairKeyObjectResult, kid: string) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
});
const write = (keys: object[]): void => {
  writeFileSync(file, JSON.stringify({ keys }));
};
const token = (pair: KeyPairKeyObjectResult, algorithm: Algorithm, kid: string, claims: object = {}): string =>
  sign({ iss: ISSUER, sub: 'li.wei', aud: 'chargebus', exp: NOW / 1000 + 60, ...claims }, pair.privateKey, {
    algorithm,
    keyid: kid,
  });

describe('tokens of an issuer with a JWKS file', () => {
  let verifier: TokenVerifier;
  beforeAll(() => {
    write([jwk(rsa, 'r1')]);
    verifier = new TokenVerifier([new JwksFileIssuer(ISSUER, 'chargebus', file)], 30);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('D13 name a person', () => {
    expect(verifier.verify(token(rsa, 'RS256', 'r1'), NOW)).toEqual({ issuer: ISSUER, subject: 'li.wei' });
  });

  it('Z07 are refused when the public key was used as a secret, or the key with another algorithm', () => {
    const confused = sign(
      { iss: ISSUER, sub: 'admin', aud: 'chargebus', exp: NOW / 1000 + 60 },
      rsa.publicKey.export({ type: 'spki', format: 'pem' }),
      {
        algorithm: 'HS256',
        keyid: 'r1',
      },
    );
    for (const bad of [confused, token(rsa, 'RS512', 'r1'), token(rsa, 'PS256', 'r1'), token(ec, 'ES256', 'r1')])
      expect(() => verifier.verify(bad, NOW)).toThrow(/not signed by a key of its issuer/);
  });

  it('Z07 are refused for another audience, when they are over, and beyond the clock skew', () => {
    expect(() => verifier.verify(token(rsa, 'RS256', 'r1', { aud: 'other' }), NOW)).toThrow(/another audience/);
    expect(() => verifier.verify(token(rsa, 'RS256', 'r1', { exp: NOW / 1000 - 31 }), NOW)).toThrow(/expired/);
    expect(() => verifier.verify(token(rsa, 'RS256', 'r1', { nbf: NOW / 1000 + 31 }), NOW)).toThrow(/not good yet/);
    expect(verifier.verify(token(rsa, 'RS256', 'r1', { exp: NOW / 1000 - 29 }), NOW).subject).toBe('li.wei');
  });

  it('D13 are taken with a new key as soon as it is in the file, and no more with one that left', () => {
    expect(() => verifier.verify(token(ec, 'ES256', 'e1'), NOW)).toThrow(/not signed/);
    write([jwk(ec, 'e1')]);
    utimesSync(file, new Date(), new Date(Date.now() + 5_000));
    expect(verifier.verify(token(ec, 'ES256', 'e1'), NOW).subject).toBe('li.wei');
    expect(() => verifier.verify(token(rsa, 'RS256', 'r1'), NOW)).toThrow(/not signed/);
  });
});
