import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, standardSignature } from './standard-webhooks';

describe('Standard Webhooks signature', () => {
  const timestampS = Math.floor(Date.now() / 1000);
  const parts = { id: 'evt_1', timestampS, body: '{"event":"charging.started","名":"电"}' };
  const headers = (signature: string) => ({
    'webhook-id': parts.id,
    'webhook-timestamp': timestampS.toString(),
    'webhook-signature': signature,
  });

  it('I20 is accepted by the reference implementation', () => {
    const secret = newWebhookSecret();
    expect(new Webhook(secret).verify(parts.body, headers(standardSignature([secret], parts)))).toEqual(
      JSON.parse(parts.body),
    );
  });

  it('I20 is accepted with either secret while both sign', () => {
    const [fresh, old, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const signature = standardSignature([fresh, old], parts);
    expect(() => new Webhook(fresh).verify(parts.body, headers(signature))).not.toThrow();
    expect(() => new Webhook(old).verify(parts.body, headers(signature))).not.toThrow();
    expect(() => new Webhook(other).verify(parts.body, headers(signature))).toThrow('No matching signature');
  });

  it('gives the signature of the specification', () => {
    // The worked example of standardwebhooks.com, as the reference library signs it.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const example = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1614265330, body: '{"test": 2432232314}' };
    expect(standardSignature([secret], example)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(new Webhook(secret).sign(example.id, new Date(example.timestampS * 1000), example.body)).toBe(
      standardSignature([secret], example),
    );
  });
});
