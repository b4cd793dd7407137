import type { CommandOf, LocalListEntry } from '@chargebus/domain';
import { acked, done, rejected, toToken } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import type { PlatformRequest } from '../messages';
import { call, toIdTag } from './call';
import type { Link } from './call';
import { readKeys } from './configuration';

type Entry = NonNullable<PlatformRequest<'SendLocalList'>['localAuthorizationList']>[number];
type UpdateType = PlatformRequest<'SendLocalList'>['updateType'];

const LENGTH_KEY = 'SendLocalListMaxLength';
const DEFAULT_LENGTH = 50;

/**
 * In as many parts as the station takes. The first replaces the list or changes it as ordered, those after it add; each
 * has the next version, because a version never comes twice.
 */
export function sendLocalList({ version, mode, entries }: CommandOf<'local_list.send'>, link: Link): Turn {
  const list = entries.map(toEntry);
  const updateType = mode === 'full' ? 'Full' : 'Differential';
  const send = (): Turn => {
    const most = link.station.numberSetting(LENGTH_KEY) ?? DEFAULT_LENGTH;
    const parts: Entry[][] = [];
    for (let from = 0; from < list.length; from += most) parts.push(list.slice(from, from + most));
    return sendParts(parts.length === 0 ? [[]] : parts, version, updateType, link);
  };
  return link.station.numberSetting(LENGTH_KEY) === null && list.length > DEFAULT_LENGTH
    ? readKeys([LENGTH_KEY], link, send)
    : send();
}

function sendParts(parts: readonly Entry[][], listVersion: number, updateType: UpdateType, link: Link): Turn {
  const [part = [], ...rest] = parts;
  const payload = { listVersion, updateType, ...(part.length > 0 && { localAuthorizationList: part }) };
  return call('SendLocalList', payload, link, {
    judge: ({ status }) => {
      if (status === 'NotSupported') return done({ status: 'unsupported', reason: 'no_local_list', of: 'device' });
      if (status !== 'Accepted') return rejected(toToken(status)); // whoever keeps the list sends all of it then
      return rest.length === 0
        ? acked({ version: listVersion })
        : sendParts(rest, listVersion + 1, 'Differential', link);
    },
  });
}

const STATUS = { accepted: 'Accepted', blocked: 'Blocked', expired: 'Expired', unknown_card: 'Invalid' } as const;
/** Without an information the station takes the card off its list. */
function toEntry({ cardId, decision, expiresAt, groupId }: LocalListEntry): Entry {
  const idTag = toIdTag(cardId);
  if (decision === null) return { idTag };
  const group = groupId === null ? {} : { parentIdTag: toIdTag(groupId) };
  return {
    idTag,
    idTagInfo: { status: STATUS[decision], ...(expiresAt !== null && { expiryDate: expiresAt }), ...group },
  };
}

/** 0: the list is empty; -1: the station has none. */
export const localListVersion = (link: Link): Turn =>
  call('GetLocalListVersion', {}, link, {
    judge: ({ listVersion }) =>
      listVersion < 0
        ? done({ status: 'unsupported', reason: 'no_local_list', of: 'device' })
        : acked({ version: listVersion }),
  });
