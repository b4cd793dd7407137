import type { ProtocolDriver } from '@chargebus/protocol-core';
import { fakeDriver } from '../../test/fake-driver';
import { recognise } from './recognise';

const bytes = (text: string): Uint8Array => Buffer.from(text);
/** Speaks when it hears `AB`, and needs both letters to tell. */
const twoLetters: ProtocolDriver = {
  ...fakeDriver,
  name: 'letters',
  recognise: (start) => {
    if (start[0] !== 0x41) return 'no';
    if (start.length < 2) return 'more';
    return start[1] === 0x42 ? 'yes' : 'no';
  },
};
const drivers = [fakeDriver, twoLetters];

describe('recognise', () => {
  it.each([
    ['the first driver that says yes', '#x', { verdict: 'known', driver: fakeDriver, skip: 0 }],
    ['another driver on the same port', 'ABC', { verdict: 'known', driver: twoLetters, skip: 0 }],
    ['a start that does not tell yet', 'A', { verdict: 'wait', skip: 0 }],
    ['noise in front', '\r\nAB', { verdict: 'known', driver: twoLetters, skip: 2 }],
    ['noise in front of a start that does not tell yet', '..A', { verdict: 'wait', skip: 2 }],
    ['a false start', 'AxAB', { verdict: 'known', driver: twoLetters, skip: 2 }],
    ['nothing but a little noise', '....', { verdict: 'wait', skip: 4 }],
    ['too much noise', '.'.repeat(65), { verdict: 'unknown' }],
    ['too much noise before a start', `${'.'.repeat(65)}#`, { verdict: 'unknown' }],
  ])('answers for %s', (_name, said, expected) => {
    expect(recognise(drivers, bytes(said))).toEqual(expected);
  });
});
