import { formatPhysicalId, parsePhysicalId } from './fields';

/** First byte of the id. Page §2; codes outside the table occur and are accepted. */
export const TYPE_NAMES: Readonly<Record<number, string>> = {
  0x03: 'single_socket',
  0x04: 'dual_socket',
  0x05: 'pile_10_port',
  0x06: 'pile_16_port',
  0x07: 'pile_12_port',
  0x09: 'host',
  0x0a: 'breaker_host',
};
/** Numbers of devices that lost their memory: several devices can present the same. */
const FACTORY_NUMBERS: ReadonlySet<number> = new Set([10011001, 12000000, 13000001]);

export const typeCodeOf = (physicalId: string): number => parsePhysicalId(physicalId) >>> 24;
const numberOf = (physicalId: string): number => parsePhysicalId(physicalId) & 0xff_ffff;

/** The number printed under the QR code, decimal. */
export const deviceNoOf = (physicalId: string): string => String(numberOf(physicalId));

export const isFactoryId = (physicalId: string): boolean => isFactoryNumber(numberOf(physicalId));
/** The same of the id as a number; its type code does not matter. */
export const isFactoryNumber = (id: number): boolean => FACTORY_NUMBERS.has(id & 0xff_ffff);

/** Every physical id that the printed decimal number can stand for: one per known type code; none if it is no number. */
export function findPhysicalIds(printed: string): readonly string[] {
  const number = Number(printed);
  if (!/^\d{1,8}$/.test(printed) || number > 0xff_ffff) return [];
  return Object.keys(TYPE_NAMES).map((type) => formatPhysicalId(((Number(type) << 24) | number) >>> 0));
}
