/** What differs between piles; the defaults are the page's decisions. */
export interface YkcDialect {
  /** False: 0x02 refuses the log-in. */
  readonly accepted: boolean;
  /** Byte order of our checksums; `auto` mirrors the pile. §2.3. */
  readonly crcOrder: 'auto' | 'lo-hi' | 'hi-lo';
  /** Which mask bit 1 of the hardware faults has: 1 is 0x0001, 0 is 0x0002. §7.2. */
  readonly faultBitBase: 0 | 1;
  /** Which `result` of 0xF1 is success. §6.53. */
  readonly qrSuccess: 0 | 1;
  /** Bytes that a vendor expects behind the body of 0x34 (Yilian: one), hex. §8.2. */
  readonly startExtraHex: string;
  /** Minutes east of Greenwich of the pile's wall clock. */
  readonly utcOffsetMin: number;
  /** Balance of an order that was given none: 0 would end it (0x4E, 0x6E). */
  readonly creditFen: number;
  /** Null: 0x05 is told that its model is right, 0x09 stays unanswered. §6.6. */
  readonly billingModel: BillingModel | null;
  /** Opens bodies with encryption flag 1; null: they are reported and never answered. §2.5. */
  readonly cipher: BodyCipher | null;
}
export interface BillingModel {
  readonly modelNo: string; // four digits, not 0000
  /** Sharp, peak, flat, valley; yuan/kWh with up to 5 decimals. */
  readonly rates: readonly [Rate, Rate, Rate, Rate];
  readonly slots: readonly number[]; // 48 half hours of the local day: index of the rate
}
export interface Rate {
  readonly energyYuan: number;
  readonly serviceYuan: number;
}
export interface BodyCipher {
  /** Null: not decipherable. */
  decrypt(body: Uint8Array): Uint8Array | null;
}

export interface YkcOptions {
  /** What of the defaults a pile, by its code, has otherwise. */
  readonly dialectOf: (pileCode: string) => Partial<YkcDialect>;
  readonly defaults: YkcDialect;
  /** Largest length byte accepted, 200…255. §2.2. */
  readonly maxLength: number;
  /** Ignore a pile's frames until it has logged in on this connection. §2.6. */
  readonly requireLogin: boolean;
}

export const DEFAULT_DIALECT: YkcDialect = {
  accepted: true,
  crcOrder: 'auto',
  faultBitBase: 1,
  qrSuccess: 1,
  startExtraHex: '',
  utcOffsetMin: 480,
  creditFen: 1_000_000,
  billingModel: null,
  cipher: null,
};
export const DEFAULT_OPTIONS: YkcOptions = {
  dialectOf: () => ({}),
  defaults: DEFAULT_DIALECT,
  maxLength: 200,
  requireLogin: true,
};
