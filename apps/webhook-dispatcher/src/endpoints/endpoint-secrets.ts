import type { SealedKeyPair, SealedSecret } from '@chargebus/persistence/webhook';
import { newWebhookKeyPair, newWebhookSecret } from '@chargebus/security';
import type { SecretBox } from '@chargebus/security';

/** Secrets of endpoints: sealed at rest, bound to their endpoint, shown once. */
export class EndpointSecrets {
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

  /** The present private key and, during a rotation, the previous one; none where none was asked for yet. */
  openKeys(endpointId: string, sealed: string | null, previousSealed: string | null): readonly string[] {
    return [sealed, previousSealed].flatMap((key) => (key === null ? [] : [this.box.open(key, endpointId)]));
  }

  /** The present secret and, during a rotation, the previous one. */
  open(endpointId: string, sealed: string, previousSealed: string | null): readonly [string, ...string[]] {
    const secret = this.box.open(sealed, endpointId);
    return previousSealed === null ? [secret] : [secret, this.box.open(previousSealed, endpointId)];
  }
}
