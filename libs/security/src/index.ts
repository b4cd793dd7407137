export { SecretBox } from './secret-box';
export { classicSignature, verifyClassicSignature } from './classic-signature';
export type { ClassicParts } from './classic-signature';
