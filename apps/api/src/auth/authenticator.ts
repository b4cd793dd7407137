import {
  AddressNotAllowed,
  ApiKeyUnknown,
  AppError,
  BearerTokenInvalid,
  CredentialsMissing,
  ServiceUnavailable,
  SignatureInvalid,
  TimestampOutOfWindow,
  TlsRequired,
} from '@chargebus/errors';
import { verifyClassicSignature } from '@chargebus/security';
import type { Credential, KnownClient } from './client-directory';
import type { TokenVerifier } from './token-verifier';

/** What authentication looks at before there is a body. */
export interface RequestHead {
  readonly method: string;
  readonly target: string; // as sent, query included
  readonly secure: boolean; // reached us, or a trusted proxy, over TLS
  readonly address: string; // of the sender, as far as trusted proxies tell
  header(name: string): string | undefined;
}
export interface SignedRequest extends RequestHead {
  readonly body: Uint8Array | string;
}
export interface Authenticated {
  readonly client: KnownClient;
  readonly nonce: string | null; // null: an unsigned call, which has none
}
/** A signature that is still to be verified, in time. */
interface Claim {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}
interface Screened {
  readonly client: KnownClient;
  readonly signed: Claim | null; // null: an unsigned call
}
export interface AuthenticationRules {
  readonly windowS: number; // how far a timestamp may be off
  readonly bearerOverPlainHttp: boolean; // for development
}

const NONCE = /^[\x21-\x7e]{1,128}$/;
const SECONDS = /^\d{1,11}$/;
const BEARER = /^bearer +([\w.~+/=-]+)$/i;

/**
 * Decision 13: who signed this request, or, for a client that is allowed it, whose key came over TLS; or which person a
 * token names. The nonce is not looked at here: it counts as used only after everything else was right.
 */
export class Authenticator {
  constructor(
    private readonly clients: { find(credential: Credential, address: string): Promise<KnownClient | null> },
    private readonly tokens: Pick<TokenVerifier, 'verify'>,
    private readonly rules: AuthenticationRules,
  ) {}

  async authenticate(request: SignedRequest, nowMs: number): Promise<Authenticated> {
    const head = await this.screen(request, nowMs);
    if (head.signed !== null) refuseWrong(request, head.client, head.signed);
    return { client: head.client, nonce: head.signed?.nonce ?? null };
  }

  /** All that can be said before the body is there, which a stranger shall not make us read. Throws as `authenticate`. */
  async screen(request: RequestHead, nowMs: number): Promise<Screened> {
    const authorization = request.header('authorization');
    const screened =
      request.header('x-api-key') === undefined && authorization !== undefined
        ? await this.byToken(request, authorization, nowMs)
        : await this.byKey(request, nowMs);
    const { allowedAddresses } = screened.client;
    if (allowedAddresses !== null && !allowedAddresses.includes(request.address))
      throw new AddressNotAllowed({ address: request.address });
    return screened;
  }

  private async byToken(request: RequestHead, authorization: string, nowMs: number): Promise<Screened> {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new CredentialsMissing();
    if (!request.secure && !this.rules.bearerOverPlainHttp) throw new TlsRequired();
    const client = await this.find(this.tokens.verify(token, nowMs), request, nowMs);
    if (client === null) throw new BearerTokenInvalid({ reason: 'nobody of this installation' });
    return { client, signed: null };
  }

  private async byKey(request: RequestHead, nowMs: number): Promise<Screened> {
    const apiKey = request.header('x-api-key');
    if (apiKey === undefined || apiKey === '' || apiKey.length > 200) throw new CredentialsMissing();
    const client = await this.find({ apiKey }, request, nowMs);
    if (client === null) throw new ApiKeyUnknown();
    const signature = request.header('x-signature');
    if (signature === undefined && client.allowUnsigned) {
      if (!request.secure) throw new TlsRequired();
      return { client, signed: null };
    }
    return { client, signed: this.claimed(request, signature, nowMs) };
  }

  private async find(credential: Credential, { address }: RequestHead, nowMs: number): Promise<KnownClient | null> {
    const client = await this.clients.find(credential, address).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      throw new ServiceUnavailable({ service: 'authentication' }, { cause: error });
    });
    return client !== null && client.expiresAtMs <= nowMs ? null : client;
  }

  private claimed(request: RequestHead, signature: string | undefined, nowMs: number): Claim {
    const { windowS } = this.rules;
    const timestamp = request.header('x-timestamp');
    const nonce = request.header('x-nonce');
    if (signature === undefined || timestamp === undefined || nonce === undefined || !NONCE.test(nonce))
      throw new CredentialsMissing();
    if (!SECONDS.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > windowS * 1000)
      throw new TimestampOutOfWindow({ windowS });
    return { signature, timestamp, nonce };
  }
}

function refuseWrong(
  { method, target: path, body }: SignedRequest,
  { secret }: KnownClient,
  { signature, timestamp, nonce }: Claim,
): void {
  if (secret === null || !verifyClassicSignature(secret, { method, path, timestamp, nonce, body }, signature))
    throw new SignatureInvalid();
}
