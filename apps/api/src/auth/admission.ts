import {
  RateLimitBulkPerMin,
  RateLimitDeviceOrdersPerMin,
  RateLimitKeyPerMin,
  RateLimitOrdersPerMin,
  RateLimitTenantPerMin,
  RateLimitWritesPerMin,
} from '@chargebus/domain';
import type { SettingDefinition } from '@chargebus/domain';
import { NonceReplayed, RateLimited, ServiceUnavailable } from '@chargebus/errors';
import type { Redis } from 'ioredis';
import type { Settings } from '../settings/settings';
import type { Caller } from './caller';
import type { RateClass } from './rate-class';

/** Which limit is meant: of the principal, of its tenant, of the tenant's calls of one kind, of one device's orders. */
export type Policy = 'key' | 'tenant' | 'write' | 'order' | 'bulk' | 'device';
/** What is left of the tightest limit, for the RateLimit-* headers. */
export interface Allowance {
  readonly policy: Policy;
  readonly limit: number;
  readonly remaining: number;
  readonly resetS: number; // until the whole limit is there again
}
/** What a call takes part in. */
export interface AdmissionCall {
  readonly rateClass: RateClass;
  readonly orderedDevice: string | null; // null: nothing is ordered of one device
}
interface Bucket {
  readonly policy: Policy;
  readonly key: string;
  readonly limit: number;
}

const WINDOW_MS = 60_000;
const CLASS_LIMITS: Readonly<Record<Exclude<RateClass, 'read'>, SettingDefinition<number>>> = {
  write: RateLimitWritesPerMin,
  order: RateLimitOrdersPerMin,
  bulk: RateLimitBulkPerMin,
};

/**
 * One round trip. KEYS: nonce, then one per bucket; ARGV: life of the nonce in s (0: none), window in ms, one limit per
 * bucket. A bucket holds the time at which it is full again (GCRA), so that a limit refills evenly instead of at
 * the turn of a minute. A refused call takes nothing and leaves its nonce unused.
 * Answers: verdict (0 admitted, 1 limited, 2 replayed), tightest bucket (from 1), remaining, ms until it is full, ms
 * until the next one fits.
 */
const SCRIPT = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local window = tonumber(ARGV[2])
local full, tightest, least = {}, 1, math.huge
for i = 2, #KEYS do
  local step = window / tonumber(ARGV[i + 1])
  local at = math.max(tonumber(redis.call('GET', KEYS[i]) or '0') or 0, now) + step
  local over = at - now - window
  if over > 0.001 then
    return {1, i - 1, 0, math.ceil(at - step - now), math.ceil(over)}
  end
  full[i] = at
  local left = math.floor((window - (at - now)) / step + 0.001)
  if left < least then least = left; tightest = i end
end
local life = tonumber(ARGV[1])
if life > 0 and not redis.call('SET', KEYS[1], '1', 'NX', 'EX', life) then return {2, 0, 0, 0, 0} end
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], string.format('%.3f', full[i]), 'PX', math.ceil(full[i] - now) + 1)
end
return {0, tightest - 1, least, math.ceil(full[tightest] - now), 0}
`;
type Answer = readonly [verdict: number, tightest: number, remaining: number, fullInMs: number, nextInMs: number];
interface WithScript {
  cbAdmit(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<Answer>;
}

/** Refuses a nonce that was used and calls beyond the limits, for all replicas together. Redis away: nobody passes. */
export class Admission {
  private readonly script: WithScript;

  constructor(
    redis: Redis,
    private readonly settings: Pick<Settings, 'get'>,
    private readonly windowS: number,
  ) {
    redis.defineCommand('cbAdmit', { lua: SCRIPT });
    this.script = redis as unknown as WithScript;
  }

  /** Throws NONCE_REPLAYED, RATE_LIMITED (its details say which limit, and `retry_after`), SERVICE_UNAVAILABLE. */
  async admit(caller: Caller, nonce: string | null, call: AdmissionCall): Promise<Allowance> {
    const prefix = `cb:api:{${caller.tenantId}}:`; // one slot of a cluster
    const buckets = this.bucketsOf(caller, call);
    const keys = [`nonce:${caller.clientId}:${nonce ?? ''}`, ...buckets.map(({ key }) => key)];
    // A timestamp may lie a window ahead and is good for one behind: the nonce must outlive both.
    const nonceLifeS = nonce === null ? 0 : 2 * this.windowS + 1;
    const answer = await this.script
      .cbAdmit(
        keys.length,
        ...keys.map((key) => prefix + key),
        nonceLifeS,
        WINDOW_MS,
        ...buckets.map(({ limit }) => limit),
      )
      .catch((error: unknown) => {
        throw new ServiceUnavailable({ service: 'admission' }, { cause: error });
      });
    const [verdict, tightest, remaining, fullInMs, nextInMs] = answer;
    if (verdict === 2) throw new NonceReplayed();
    const bucket = buckets[tightest - 1];
    if (bucket === undefined) throw new Error('admission names no bucket');
    const allowance = { policy: bucket.policy, limit: bucket.limit, remaining, resetS: Math.ceil(fullInMs / 1000) };
    if (verdict === 1) throw limited(allowance, Math.ceil(nextInMs / 1000));
    return allowance;
  }

  private bucketsOf(caller: Caller, { rateClass, orderedDevice }: AdmissionCall): readonly Bucket[] {
    const { tenantId, clientId, rateLimitPerMin } = caller;
    const limitOf = (setting: SettingDefinition<number>) => this.settings.get(setting, tenantId);
    const buckets: Bucket[] = [
      { policy: 'key', key: `rate:${clientId}`, limit: rateLimitPerMin ?? limitOf(RateLimitKeyPerMin) },
      { policy: 'tenant', key: 'rate', limit: limitOf(RateLimitTenantPerMin) },
    ];
    if (rateClass !== 'read')
      buckets.push({ policy: rateClass, key: `rate-class:${rateClass}`, limit: limitOf(CLASS_LIMITS[rateClass]) });
    if (orderedDevice !== null)
      buckets.push({ policy: 'device', key: `orders:${orderedDevice}`, limit: limitOf(RateLimitDeviceOrdersPerMin) });
    return buckets;
  }
}

const limited = ({ policy, limit, resetS }: Allowance, retryAfterS: number): Error =>
  new RateLimited(
    { limit, windowS: WINDOW_MS / 1000 },
    { details: { policy, limit, remaining: 0, reset: resetS, retry_after: retryAfterS } },
  );
