import type { CommandOf } from '@chargebus/domain';
import type { EncodableFields } from '../commands/command-table';
import { WRITABLE_PARAMETERS } from '../commands/containers';
import { checkSocket } from '../tables/ports';
import { byResult, request } from './request-exchange';
import type { Request } from './request-exchange';

/** Parameters belong to a socket, so the group names it: `socket:12`. */
function socketOf(group: string): number {
  const match = /^socket:(\d{1,3})$/.exec(group);
  if (match === null) throw new RangeError(`${group} is no group of parameters: socket:1 … socket:250`);
  const socketNo = Number(match[1]);
  checkSocket(socketNo);
  return socketNo;
}

export function parametersGet({ group }: CommandOf<'params.get'>): Request {
  const values = ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) => fields.params ?? {};
  return request(
    '1000/1012',
    { socketNo: socketOf(group) },
    {
      judge: byResult('not_read', (frame) => ({ group, values: values(frame) })),
    },
  );
}

export function parametersSet({ group, values }: CommandOf<'params.set'>): Request {
  const socketNo = socketOf(group);
  const entries = Object.entries(values);
  if (entries.length === 0) throw new RangeError('no parameter is given');
  for (const [name, value] of entries) {
    if (!WRITABLE_PARAMETERS.includes(name)) throw new RangeError(`${name} is not a parameter that can be set`);
    if (typeof value !== 'number') throw new RangeError(`${name} is not a number`);
  }
  const params = values as NonNullable<EncodableFields<'1000/1011'>['params']>;
  return request('1000/1011', { socketNo, params }, { judge: byResult('not_set', () => ({ group, values })) });
}
