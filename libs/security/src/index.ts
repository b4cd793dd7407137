export { AddressPolicy } from './address-policy';
export { AddressRanges } from './address-ranges';
export { classicSignature, verifyClassicSignature } from './classic-signature';
export type { ClassicParts } from './classic-signature';
export { derivedKeys } from './derived-keys';
export {
  generateDevicePassword,
  hashDevicePassword,
  isFastPasswordHash,
  verifyDevicePassword,
} from './device-password';
export type { PasswordOrigin } from './device-password';
export { GuardedClient } from './guarded-client';
export type { DownloadRequest, GuardedClientOptions, OutboundRequest, OutboundResponse } from './guarded-client';
export { dnsResolver } from './host-resolver';
export type { ResolveHost } from './host-resolver';
export { OutboundError } from './outbound-error';
export type { OutboundFailure } from './outbound-error';
export { SecretBox } from './secret-box';
export { SignedLink } from './signed-link';
export type { LinkedBlob, LinkOpening, LinkRefusal } from './signed-link';
export { ed25519Signature, newWebhookKeyPair, newWebhookSecret, standardSignature } from './standard-webhooks';
export type { WebhookKeyPair } from './standard-webhooks';
export { uuidOf } from './uuid-of';
export type { StandardParts } from './standard-webhooks';
export { UploadLink } from './upload-link';
export type { UploadOpening } from './upload-link';
