import {
  ApiKeyUnknown,
  CredentialsMissing,
  ServiceUnavailable,
  SignatureInvalid,
  TimestampOutOfWindow,
  TlsRequired,
} from '@chargebus/errors';
import { verifyClassicSignature } from '@chargebus/security';
import type { KnownClient } from './client-directory';

/** What authentication looks at. */
export interface SignedRequest {
  readonly method: string;
  readonly target: string; // as sent, query included
  readonly body: Uint8Array | string;
  readonly secure: boolean; // reached us, or a trusted proxy, over TLS
  header(name: string): string | undefined;
}
export interface Authenticated {
  readonly client: KnownClient;
  readonly nonce: string | null; // null: an unsigned call, which has none
}

const NONCE = /^[\x21-\x7e]{1,128}$/;
const SECONDS = /^\d{1,11}$/;

/**
 * Decision 13: who signed this request, or, for a client that is allowed it, whose key came over TLS. The nonce is not
 * looked at here: it counts as used only after everything else was right.
 */
export class Authenticator {
  constructor(
    private readonly clients: { find(apiKey: string): Promise<KnownClient | null> },
    private readonly windowS: number,
  ) {}

  async authenticate(request: SignedRequest, nowMs: number): Promise<Authenticated> {
    const apiKey = request.header('x-api-key');
    if (apiKey === undefined || apiKey === '' || apiKey.length > 200) throw new CredentialsMissing();
    const client = await this.clients.find(apiKey).catch((error: unknown) => {
      throw new ServiceUnavailable({ service: 'authentication' }, { cause: error });
    });
    if (client === null) throw new ApiKeyUnknown();
    const signature = request.header('x-signature');
    if (signature === undefined && client.allowUnsigned) {
      if (!request.secure) throw new TlsRequired();
      return { client, nonce: null };
    }
    return { client, nonce: this.verify(request, client, signature, nowMs) };
  }

  private verify(request: SignedRequest, client: KnownClient, signature: string | undefined, nowMs: number): string {
    const timestamp = request.header('x-timestamp');
    const nonce = request.header('x-nonce');
    if (signature === undefined || timestamp === undefined || nonce === undefined || !NONCE.test(nonce))
      throw new CredentialsMissing();
    if (!SECONDS.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > this.windowS * 1000)
      throw new TimestampOutOfWindow({ windowS: this.windowS });
    const parts = { method: request.method, path: request.target, timestamp, nonce, body: request.body };
    if (!verifyClassicSignature(client.secret, parts, signature)) throw new SignatureInvalid();
    return nonce;
  }
}
