import { PUBLIC_EVENTS } from './catalogue';
import { isKnownPattern, wantsEvent } from './event-pattern';
import { DELIVERABLE_EVENTS } from './payloads/catalogue';

describe('event patterns', () => {
  it.each([
    [['charging.started'], 'charging.started', true],
    [['charging.started'], 'charging.stopped', false],
    [['charging.*'], 'charging.progress', true],
    [['charging.*'], 'device.online', false],
    [['device.*'], 'device.offline', true],
    [['*'], 'system.alarm', true],
    [['device.offline', 'charging.*'], 'device.offline', true],
    [[], 'charging.started', false],
    [['charging'], 'charging.started', false],
    [['char*'], 'charging.started', false],
    [['*'], 'device.heartbeat', false],
    [['device.*'], 'device.heartbeat', false],
    [['device.heartbeat'], 'device.heartbeat', true],
    [['*', 'device.heartbeat'], 'device.heartbeat', true],
  ])('I11 %j against %s is %s', (patterns, type, wanted) => {
    expect(wantsEvent(patterns, type)).toBe(wanted);
  });

  it('knows names and wildcards that can match, and nothing else', () => {
    expect(['*', 'charging.*', 'device.*', 'system.*', 'device.heartbeat'].every(isKnownPattern)).toBe(true);
    const unknown = [
      '',
      '**',
      '.*',
      'charging',
      'charging.',
      'charg.*',
      'command.*',
      'command.finished',
      'webhook.ping',
    ];
    expect(unknown.filter(isKnownPattern)).toEqual([]);
  });

  it('I26 offers every public event', () => {
    expect([...DELIVERABLE_EVENTS].sort()).toEqual(PUBLIC_EVENTS.map(({ type }) => type).sort());
  });
});
