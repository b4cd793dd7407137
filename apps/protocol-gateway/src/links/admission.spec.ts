import { Admission } from './admission';

describe('Admission', () => {
  it('refuses above the limit in all and above the limit of one address, and makes room again', () => {
    const admission = new Admission(3, 2);
    expect(admission.enter('a')).toBeNull();
    expect(admission.enter('a')).toBeNull();
    expect(admission.enter('a')).toBe('address_full');
    expect(admission.enter('b')).toBeNull();
    expect(admission.enter('c')).toBe('full');
    admission.leave('a');
    expect(admission.enter('c')).toBeNull();
    admission.leave('b');
    expect(admission.enter('a')).toBeNull();
  });
});
