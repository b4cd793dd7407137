import type { SealedHeaders, SealedKeyPair, SealedSecret, SignatureKind } from '@chargebus/persistence/webhook';
import { newWebhookKeyPair, newWebhookSecret } from '@chargebus/security';
import type { SecretBox } from '@chargebus/security';
import { LRUCache } from 'lru-cache';

/** What the row of an endpoint keeps sealed; a previous one only while it counts. */
export interface SealedCredentials extends Pick<SealedHeaders, 'headersSealed'> {
  readonly endpointId: string;
  readonly signature: SignatureKind;
  readonly secretSealed: string;
  readonly previousSecretSealed: string | null;
  readonly ed25519Sealed: string | null;
  readonly previousEd25519Sealed: string | null;
}
/** What an attempt is signed with and carries beside the signature. */
export interface Credentials {
  readonly secrets: readonly [string, ...string[]]; // the present one first; the previous one during a rotation
  readonly privateKeys: readonly string[]; // ed25519, in the same order; none where none is asked for
  readonly headers: Readonly<Record<string, string>>;
}

const WITH_KEY: ReadonlySet<SignatureKind> = new Set(['ed25519', 'all']);
/** Opened ones are remembered for a while: every attempt needs them. */
const OPENED = { max: 5_000, ttl: 600_000 };

/** Secrets of endpoints: sealed at rest, bound to their endpoint, shown once or never. */
export class EndpointSecrets {
  private readonly opened = new LRUCache<string, string>(OPENED);

  constructor(private readonly box: SecretBox) {}

  create(endpointId: string): SealedSecret & SealedKeyPair & { readonly secret: string } {
    const secret = newWebhookSecret();
    return {
      secret,
      secretSealed: this.box.seal(secret, endpointId),
      secretHint: secret.slice(-4),
      ...this.createKeyPair(endpointId),
    };
  }

  createKeyPair(endpointId: string): SealedKeyPair {
    const { privateKey, publicKey } = newWebhookKeyPair();
    return { ed25519Sealed: this.box.seal(privateKey, endpointId), ed25519Public: publicKey };
  }

  sealHeaders(endpointId: string, headers: Readonly<Record<string, string>> | null): SealedHeaders {
    if (headers === null || Object.keys(headers).length === 0) return { headersSealed: null, headerNames: [] };
    return {
      headersSealed: this.box.seal(JSON.stringify(headers), endpointId),
      headerNames: Object.keys(headers),
    };
  }

  credentialsOf(sealed: SealedCredentials): Credentials {
    const { endpointId, headersSealed } = sealed;
    const keys = WITH_KEY.has(sealed.signature) ? [sealed.ed25519Sealed, sealed.previousEd25519Sealed] : [];
    const previous = sealed.previousSecretSealed;
    return {
      secrets: [
        this.open(endpointId, sealed.secretSealed),
        ...(previous === null ? [] : [this.open(endpointId, previous)]),
      ],
      privateKeys: keys.flatMap((key) => (key === null ? [] : [this.open(endpointId, key)])),
      headers:
        headersSealed === null
          ? {}
          : (JSON.parse(this.open(endpointId, headersSealed)) as Readonly<Record<string, string>>),
    };
  }

  open(endpointId: string, sealed: string): string {
    const key = `${endpointId} ${sealed}`;
    const known = this.opened.get(key);
    if (known !== undefined) return known;
    const opened = this.box.open(sealed, endpointId);
    this.opened.set(key, opened);
    return opened;
  }
}
