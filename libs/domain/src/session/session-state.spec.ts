import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nextState, SESSION_TRANSITIONS, SESSION_TRIGGERS, SessionState } from './session-state';

const STATES = SessionState.options;

/** The table of the page, made from the code. */
function transitionTable(): string {
  const used = STATES.filter((state) => Object.keys(SESSION_TRANSITIONS[state]).length > 0);
  const rows = SESSION_TRIGGERS.map(
    (trigger) => `| \`${trigger}\` | ${used.map((state) => nextState(state, trigger) ?? '·').join(' | ')} |`,
  );
  return [`| | ${used.join(' | ')} |`, `| --- |${' --- |'.repeat(used.length)}`, ...rows].join('\n');
}

describe('session states', () => {
  it('decision 35 are documented as they are', () => {
    const page = readFileSync(path.join(__dirname, '../../../../docs/session-states.md'), 'utf8')
      .replace(/-{3,}/g, '---')
      .replace(/ +/g, ' '); // the formatter pads columns
    expect(page).toContain(transitionTable());
    for (const trigger of SESSION_TRIGGERS) expect(page).toContain(`- \`${trigger}\`: `);
  });

  it('decision 11 never leave an end', () => {
    for (const trigger of SESSION_TRIGGERS) {
      expect(nextState('settled', trigger)).toBeNull();
      expect(nextState('failed', trigger)).toBeNull();
    }
  });

  it('reach an end from everywhere, by a settlement at the latest', () => {
    for (const state of STATES.filter((s) => s !== 'settled' && s !== 'failed'))
      expect(nextState(state, 'settled')).toBe('settled');
  });

  it.each([
    ['pending', 'submitted', 'starting'],
    ['pending', 'evidence', 'charging'],
    ['starting', 'accepted', 'charging'],
    ['starting', 'refused', 'failed'],
    ['starting', 'never_sent', 'failed'],
    ['starting', 'unproven', 'failed'],
    ['starting', 'stop_ordered', 'stopping'],
    ['starting', 'settled_empty', 'failed'],
    ['charging', 'refused', null],
    ['charging', 'stop_ordered', 'stopping'],
    ['charging', 'lost', 'interrupted'],
    ['charging', 'settled_empty', 'settled'],
    ['stopping', 'evidence', null],
    ['stopping', 'stop_failed', 'charging'],
    ['stopping', 'stop_failed_unstarted', 'starting'],
    ['stopping', 'stopped_unstarted', 'failed'],
    ['interrupted', 'evidence', 'charging'],
    ['interrupted', 'not_settled', 'failed'],
    ['charging', 'not_settled', null],
  ] as const)('%s + %s → %s', (state, trigger, expected) => {
    expect(nextState(state, trigger)).toBe(expected);
  });
});
