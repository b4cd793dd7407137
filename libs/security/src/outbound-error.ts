/**
 * refused: an address or port that the policy forbids; dns: the name has no address; timeout: no whole answer within
 * the time given; the rest as they say.
 */
export type OutboundFailure = 'refused' | 'dns' | 'connect' | 'tls' | 'timeout' | 'broken';

/** A request that got no answer. The message is fit for the owner of the URL: it names no address of ours. */
export class OutboundError extends Error {
  constructor(
    readonly failure: OutboundFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What undici, net, tls and dns throw, in our words. */
export function toOutboundError(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const { name, message, code } = describe(error);
  return new OutboundError(classify(name, code), code === '' ? message : code, { cause: error });
}

const DNS_CODES = new Set(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'ETIMEOUT', 'EBADNAME']);
const CONNECT_CODES = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

function classify(name: string, code: string): OutboundFailure {
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT')) return 'timeout';
  if (DNS_CODES.has(code)) return 'dns';
  if (CONNECT_CODES.has(code)) return 'connect';
  return /^(ERR_(TLS|SSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code) ? 'tls' : 'broken';
}

interface Described {
  readonly name: string;
  readonly message: string;
  readonly code: string; // '' where it has none
}

/** An aborted request rejects with a DOMException, happy eyeballs with an AggregateError whose first error says enough. */
function describe(error: unknown): Described {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error), code: '' };
  const { name, message, code, errors } = error as Partial<Record<'name' | 'message' | 'code' | 'errors', unknown>>;
  if (typeof code !== 'string' && Array.isArray(errors) && errors.length > 0) return describe(errors[0]);
  return { name: String(name), message: String(message), code: typeof code === 'string' ? code : '' };
}
