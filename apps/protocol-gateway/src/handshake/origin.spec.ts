import { AddressRanges } from '@chargebus/security';
import { TestAuthority } from '../../test/pki';
import { originOf } from './origin';
import type { Transport } from './handshake';

const PLAIN: Transport = { kind: 'plain' };
const balancers = new AddressRanges(['10.1.0.0/16']);
const told = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' };

describe('where a station comes from', () => {
  it('A11 believes a load balancer, and the last address that it names', () => {
    expect(originOf('10.1.0.7', PLAIN, told, balancers)).toEqual({
      address: '203.0.113.9',
      transport: { kind: 'tls' },
    });
    expect(originOf('10.1.0.7', PLAIN, { 'x-forwarded-proto': 'http' }, balancers)).toEqual({
      address: '10.1.0.7',
      transport: PLAIN,
    });
  });

  it('A11 believes nobody else', () => {
    expect(originOf('203.0.113.8', PLAIN, { ...told, 'client-cert': ':AA==:' }, balancers)).toEqual({
      address: '203.0.113.8',
      transport: PLAIN,
    });
  });

  it('A11 reads the certificate that the balancer has verified, in either form', async () => {
    const { cert } = await (await TestAuthority.create('stations')).issue('CN=serial-3, O=Chargebus');
    const proved = { kind: 'mutual_tls', organisation: 'Chargebus', commonName: 'serial-3' };
    const der = cert.replaceAll(/-----[A-Z ]+-----|\s/g, '');
    for (const header of [`:${der}:`, encodeURIComponent(cert)])
      expect(originOf('10.1.0.7', PLAIN, { ...told, 'client-cert': header }, balancers).transport).toEqual(proved);
    expect(originOf('10.1.0.7', PLAIN, { ...told, 'client-cert': 'nonsense' }, balancers).transport).toEqual({
      kind: 'mutual_tls',
      organisation: null,
      commonName: null,
    });
  });
});
