import type { SealedSecret } from '@chargebus/persistence/webhook';
import { newWebhookSecret } from '@chargebus/security';
import type { SecretBox } from '@chargebus/security';

/** Secrets of endpoints: sealed at rest, bound to their endpoint, shown once. */
export class EndpointSecrets {
  constructor(private readonly box: SecretBox) {}

  create(endpointId: string): SealedSecret & { readonly secret: string } {
    const secret = newWebhookSecret();
    return { secret, secretSealed: this.box.seal(secret, endpointId), secretHint: secret.slice(-4) };
  }

  /** The present secret and, during a rotation, the previous one. */
  open(endpointId: string, sealed: string, previousSealed: string | null): readonly [string, ...string[]] {
    const secret = this.box.open(sealed, endpointId);
    return previousSealed === null ? [secret] : [secret, this.box.open(previousSealed, endpointId)];
  }
}
