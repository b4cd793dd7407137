import { randomUUID } from 'node:crypto';
import { CommandId, TenantId } from '@chargebus/domain';
import { ServiceTimeout } from '@chargebus/errors';
import { GetCommandStates } from '@chargebus/requests';
import type { CommandState, RequestOf } from '@chargebus/requests';
import { FakeBus } from '../../test/fake-bus';
import { CommandLookup } from './command-lookup';

const ref = () => ({ tenantId: TenantId.parse(randomUUID()), commandId: CommandId.parse(randomUUID()) });

describe('looking commands up', () => {
  let questions: RequestOf<typeof GetCommandStates>[];
  let bus: FakeBus;
  beforeEach(() => {
    questions = [];
    bus = new FakeBus();
  });

  it('is one question for what is asked together, whoever it belongs to', async () => {
    const [first, forgotten, third] = [ref(), ref(), ref()];
    const state = { status: 'sent', reason: null, result: null, finishedAt: null } as const;
    const items: CommandState[] = [third, first].map((known) => ({ ...known, ...state }));
    bus.answer(GetCommandStates, (request) => {
      questions.push(request);
      return Promise.resolve({ items });
    });
    const commands = new CommandLookup(bus);
    const found = await Promise.all([first, forgotten, third].map((each) => commands.find(each)));
    expect(found.map((one) => one?.commandId)).toEqual([first.commandId, undefined, third.commandId]);
    expect(questions).toEqual([{ commands: [first, forgotten, third] }]);
  });

  it('fails for all of them at once when nobody answers', async () => {
    bus.answer(GetCommandStates, (request) => {
      questions.push(request);
      return Promise.reject(new ServiceTimeout({ service: 'cmd.states' }));
    });
    const commands = new CommandLookup(bus);
    const found = await Promise.allSettled([ref(), ref(), ref()].map((each) => commands.find(each)));
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(questions).toHaveLength(1);
  });
});
