import { generateDevicePassword, hashDevicePassword, verifyDevicePassword } from './device-password';

describe('passwords of devices', () => {
  it('accepts what was set and nothing else, and never shows it', async () => {
    const stored = await hashDevicePassword('a password, 25 characters', 'chosen');
    expect(stored).not.toContain('password');
    expect(await verifyDevicePassword(Buffer.from('a password, 25 characters'), stored)).toBe(true);
    expect(await verifyDevicePassword(Buffer.from('a password, 25 character'), stored)).toBe(false);
    expect(await verifyDevicePassword(Buffer.alloc(0), stored)).toBe(false);
  });

  it('takes a hexadecimal one as its bytes and as its digits, in either case', async () => {
    const password = generateDevicePassword();
    expect(password).toMatch(/^[0-9a-f]{40}$/);
    const stored = await hashDevicePassword(password, 'generated');
    expect(await verifyDevicePassword(Buffer.from(password, 'hex'), stored)).toBe(true);
    expect(await verifyDevicePassword(Buffer.from(password), stored)).toBe(true);
    expect(await verifyDevicePassword(Buffer.from(password.toUpperCase()), stored)).toBe(true);
    expect(await verifyDevicePassword(Buffer.from(generateDevicePassword()), stored)).toBe(false);
  });

  it('takes bytes that are no text', async () => {
    const password = 'ff00fe80c3283a3a0a0d';
    const stored = await hashDevicePassword(password, 'chosen');
    expect(await verifyDevicePassword(Buffer.from(password, 'hex'), stored)).toBe(true);
  });

  it('hashes the same password differently every time', async () => {
    const password = generateDevicePassword();
    expect(await hashDevicePassword(password, 'generated')).not.toBe(await hashDevicePassword(password, 'generated'));
  });

  it('refuses what is no hash', async () => {
    expect(await verifyDevicePassword(Buffer.from('x'), 'plain text')).toBe(false);
  });
});
