import { acked, rejected } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import type { CommandOf, LocalListEntry } from '@chargebus/domain';
import { inBatches } from '../device-model/batches';
import type { PlatformRequest } from '../messages';
import { toIdToken } from '../tables/token-types';
import { call, refusalOf } from './call';
import type { Link } from './call';
import { getVariables } from './variables';

type Entry = NonNullable<PlatformRequest<'SendLocalList'>['localAuthorizationList']>[number];

const ITEMS = 'LocalAuthListCtrlr.ItemsPerMessage';
const BYTES = 'LocalAuthListCtrlr.BytesPerMessage';

/**
 * In as many parts as the station wants. The first replaces the list or changes it as ordered, those after it add; each
 * has the next version, because a version never comes twice.
 */
export function sendLocalList({ version, mode, entries }: CommandOf<'local_list.send'>, link: Link): Turn {
  const list = entries.map(toEntry);
  return getVariables([ITEMS, BYTES], link, (limits) => {
    const limit = (address: string): number | null => {
      const value = Number(limits.get(address)?.value ?? NaN);
      return Number.isInteger(value) && value > 0 ? value : null;
    };
    const parts = inBatches(list, { items: limit(ITEMS), bytes: limit(BYTES) });
    return sendParts(parts.length === 0 ? [[]] : parts, version, mode === 'full' ? 'Full' : 'Differential');
  });
}

function sendParts(parts: readonly Entry[][], versionNumber: number, updateType: 'Full' | 'Differential'): Turn {
  const [part = [], ...rest] = parts;
  const payload = { versionNumber, updateType, ...(part.length > 0 && { localAuthorizationList: part }) };
  return call('SendLocalList', payload, {
    judge: (answer) => {
      if (answer.status !== 'Accepted') return rejected(refusalOf(answer));
      return rest.length === 0 ? acked({ version: versionNumber }) : sendParts(rest, versionNumber + 1, 'Differential');
    },
  });
}

const STATUS = { accepted: 'Accepted', blocked: 'Blocked', expired: 'Expired', unknown_card: 'Invalid' } as const;
/** Without an information the station takes the token off its list. */
function toEntry({ cardId, tokenType, decision, expiresAt, groupId }: LocalListEntry): Entry {
  const idToken = toIdToken(cardId, tokenType);
  if (decision === null) return { idToken };
  return {
    idToken,
    idTokenInfo: {
      status: STATUS[decision],
      ...(expiresAt !== null && { cacheExpiryDateTime: expiresAt }),
      ...(groupId !== null && { groupIdToken: toIdToken(groupId, 'central') }),
    },
  };
}

/** 0: the station has no list. */
export const localListVersion = (): Turn =>
  call('GetLocalListVersion', {}, { judge: ({ versionNumber }) => acked({ version: versionNumber }) });
