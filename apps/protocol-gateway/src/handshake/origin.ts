import { X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressRanges } from '@chargebus/security';
import type { Transport } from './handshake';

/** Where a station is, and over what it came. */
export interface Origin {
  readonly address: string;
  readonly transport: Transport;
}

/**
 * Behind a load balancer that ends TLS its headers tell both: X-Forwarded-For, X-Forwarded-Proto, and Client-Cert
 * (RFC 9440, or PEM as nginx escapes it) with the certificate that it has verified. From anybody else they mean nothing.
 */
export function originOf(
  peer: string,
  transport: Transport,
  headers: IncomingHttpHeaders,
  balancers: Pick<AddressRanges, 'includes'>,
): Origin {
  if (transport.kind !== 'plain' || !balancers.includes(peer)) return { address: peer, transport };
  const address = lastOf(headers['x-forwarded-for']) ?? peer; // what stands before it was said by others
  const isSecure = ['https', 'wss'].includes(lastOf(headers['x-forwarded-proto']) ?? '');
  if (!isSecure) return { address, transport };
  const certificate = lastOf(headers['client-cert']);
  return { address, transport: certificate === null ? { kind: 'tls' } : provedBy(certificate) };
}

function lastOf(header: string | readonly string[] | undefined): string | null {
  const text = typeof header === 'string' ? header : header?.join(',');
  const last = text?.split(',').at(-1)?.trim() ?? '';
  return last === '' ? null : last;
}

/** One that cannot be read proves nothing, as mutual TLS without a name. */
function provedBy(header: string): Transport {
  try {
    const der = /^:(.+):$/.exec(header)?.[1];
    const certificate = new X509Certificate(
      der === undefined ? decodeURIComponent(header) : Buffer.from(der, 'base64'),
    );
    return subjectOf(certificate.toLegacyObject().subject);
  } catch {
    return subjectOf({});
  }
}

/** A name that is given twice is none. */
export function subjectOf(subject: Readonly<Record<string, unknown>> | undefined): Transport {
  const single = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { kind: 'mutual_tls', organisation: single(subject?.O), commonName: single(subject?.CN) };
}
