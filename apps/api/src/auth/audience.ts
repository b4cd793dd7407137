import type { Audience } from '@chargebus/requests';
import type { Caller } from './caller';

/** What every request that names or lists devices begins with: `bus.ask(Request, { ...audienceOf(call.caller), … })`. */
export const audienceOf = ({ tenantId, within }: Pick<Caller, 'tenantId' | 'within'>): Required<Audience> => ({
  tenantId,
  within,
});
