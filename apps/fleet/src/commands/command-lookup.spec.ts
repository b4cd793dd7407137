import { randomUUID } from 'node:crypto';
import { CommandId, TenantId } from '@chargebus/domain';
import { ServiceTimeout } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { GetCommandStates, RequestOf } from '@chargebus/requests';
import { CommandLookup } from './command-lookup';

const ref = () => ({ tenantId: TenantId.parse(randomUUID()), commandId: CommandId.parse(randomUUID()) });

describe('looking commands up', () => {
  const questions: RequestOf<typeof GetCommandStates>[] = [];
  const lookup = (answer: (request: RequestOf<typeof GetCommandStates>) => Promise<unknown>): CommandLookup => {
    const ask = (_: unknown, request: RequestOf<typeof GetCommandStates>): Promise<unknown> => {
      questions.push(request);
      return answer(request);
    };
    return new CommandLookup({ ask: ask as Bus['ask'] });
  };
  beforeEach(() => questions.splice(0));

  it('is one question for what is asked together, whoever it belongs to', async () => {
    const [first, forgotten, third] = [ref(), ref(), ref()];
    const known = [third, first].map((each) => ({ ...each, status: 'sent' }));
    const commands = lookup(() => Promise.resolve({ items: known }));
    const found = await Promise.all([first, forgotten, third].map((each) => commands.find(each)));
    expect(found.map((state) => state?.commandId)).toEqual([first.commandId, undefined, third.commandId]);
    expect(questions).toEqual([{ commands: [first, forgotten, third] }]);
  });

  it('fails for all of them at once when nobody answers', async () => {
    const commands = lookup(() => Promise.reject(new ServiceTimeout({ service: 'cmd.states' })));
    const found = await Promise.allSettled([ref(), ref(), ref()].map((each) => commands.find(each)));
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(questions).toHaveLength(1);
  });
});
