import { NonceReplayed, RateLimited, ServiceUnavailable } from '@chargebus/errors';
import type { Redis } from 'ioredis';
import type { Caller } from './caller';

/** What is left of the tightest limit, for the RateLimit-* headers. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetS: number; // until the whole limit is there again
}
export interface Limits {
  readonly clientPerMin: number;
  readonly tenantPerMin: number;
  readonly deviceOrdersPerMin: number;
}

const WINDOW_MS = 60_000;

/**
 * One round trip. KEYS: nonce, then one per bucket; ARGV: life of the nonce in s (0: none), window in ms, one limit per
 * bucket. A bucket holds the time at which it is full again (GCRA), so that a limit refills evenly instead of at
 * the turn of a minute. A refused call takes nothing and leaves its nonce unused.
 * Answers: verdict (0 admitted, 1 limited, 2 replayed), limit, remaining, ms until full, ms until the next one fits.
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
    return {1, tonumber(ARGV[i + 1]), 0, math.ceil(at - step - now), math.ceil(over)}
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
return {0, tonumber(ARGV[tightest + 1]), least, math.ceil(full[tightest] - now), 0}
`;
type Answer = readonly [verdict: number, limit: number, remaining: number, fullInMs: number, nextInMs: number];
interface WithScript {
  cbAdmit(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<Answer>;
}

/** Refuses a nonce that was used and calls beyond the limits, for all replicas together. Redis away: nobody passes. */
export class Admission {
  private readonly script: WithScript;

  constructor(
    redis: Redis,
    private readonly limits: Limits,
    private readonly windowS: number,
  ) {
    redis.defineCommand('cbAdmit', { lua: SCRIPT });
    this.script = redis as unknown as WithScript;
  }

  /** `orderedDevice`: the device that the call orders something of, else null. */
  async admit(caller: Caller, nonce: string | null, orderedDevice: string | null): Promise<Allowance> {
    const prefix = `cb:api:{${caller.tenantId}}:`; // one slot of a cluster
    const keys = [
      `${prefix}nonce:${caller.clientId}:${nonce ?? ''}`,
      `${prefix}rate:${caller.clientId}`,
      `${prefix}rate`,
    ];
    const limits = [caller.rateLimitPerMin ?? this.limits.clientPerMin, this.limits.tenantPerMin];
    if (orderedDevice !== null) {
      keys.push(`${prefix}orders:${orderedDevice}`);
      limits.push(this.limits.deviceOrdersPerMin);
    }
    // A timestamp may lie a window ahead and is good for one behind: the nonce must outlive both.
    const nonceLifeS = nonce === null ? 0 : 2 * this.windowS + 1;
    const answer = await this.script
      .cbAdmit(keys.length, ...keys, nonceLifeS, WINDOW_MS, ...limits)
      .catch((error: unknown) => {
        throw new ServiceUnavailable({ service: 'admission' }, { cause: error });
      });
    const [verdict, limit, remaining, fullInMs, nextInMs] = answer;
    if (verdict === 2) throw new NonceReplayed();
    if (verdict === 1)
      throw new RateLimited(
        { limit, windowS: WINDOW_MS / 1000 },
        { details: { retry_after: Math.ceil(nextInMs / 1000) } },
      );
    return { limit, remaining, resetS: Math.ceil(fullInMs / 1000) };
  }
}
