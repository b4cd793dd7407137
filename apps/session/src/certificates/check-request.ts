import type { Pkcs10CertificateRequest } from '@peculiar/x509';

export interface RequestRules {
  readonly commonNames: readonly string[];
  readonly organisation: string | null; // null: any
}

const MIN_RSA_BITS = 2_048;

/** Why a certificate request is refused (ocpp.md §3.1); null: it is in order. Whether it is signed is asked elsewhere. */
export function refusalOf(request: Pkcs10CertificateRequest, rules: RequestRules): string | null {
  const [commonName, ...others] = request.subjectName.getField('CN');
  if (commonName === undefined || others.length > 0) return 'subject must have one CN';
  if (!rules.commonNames.includes(commonName)) return `CN ${commonName} is not this device`;
  const organisations = request.subjectName.getField('O');
  if (rules.organisation !== null && !(organisations.length === 1 && organisations[0] === rules.organisation))
    return 'O is not the operator';
  return refusalOfKey(request.publicKey.algorithm as KeyAlgorithm);
}

/** What Web Crypto tells of a key; one of the two by its kind. */
interface KeyAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
  readonly modulusLength?: number; // bits
}
function refusalOfKey({ modulusLength = 0, name, namedCurve }: KeyAlgorithm): string | null {
  if (name === 'ECDSA') return namedCurve === 'P-256' ? null : 'an EC key must be on curve P-256';
  if (!name.startsWith('RSA')) return `key ${name} is not RSA or EC`;
  return modulusLength >= MIN_RSA_BITS ? null : `an RSA key of ${modulusLength.toString()} bits is too short`;
}
