import { z } from 'zod';

const price = z.number().nonnegative();
const rate = z.strictObject({ energyYuan: price, serviceYuan: price });
const BillingModel = z.strictObject({
  modelNo: z.string().regex(/^(?!0000)\d{4}$/),
  rates: z.tuple([rate, rate, rate, rate]), // sharp, peak, flat, valley; yuan/kWh
  slots: z.array(z.number().int().min(0).max(3)).length(48), // by half hour of the local day: which rate
});
const utcOffsetMin = z.number().int().min(-720).max(840);
const YkcDialect = z
  .strictObject({
    accepted: z.boolean(),
    crcOrder: z.enum(['auto', 'lo-hi', 'hi-lo']),
    faultBitBase: z.literal([0, 1]),
    qrSuccess: z.literal([0, 1]),
    startExtraHex: z.string().regex(/^([0-9a-f]{2})*$/),
    utcOffsetMin,
    creditFen: z.number().int().positive(),
    billingModel: BillingModel.nullable(),
  })
  .partial();

const Bkv = z
  .strictObject({
    utcOffsetMin,
    powerTierOuterCommand: z.enum(['0005', '0015']),
    cardDenyMode: z.enum(['frame', 'silent']),
    cardDurationMin: z.number().int().min(1).max(900),
    cardEnergyWh: z.number().int().min(1).max(65_535),
    networkRefreshMaxNodes: z.number().int().min(1).max(250),
    networkRemoveMode: z.enum(['delete', 'refresh']),
  })
  .partial();

const Registration = z.enum(['Accepted', 'Pending', 'Rejected']);

/** What installations and devices have otherwise than the protocol's page, by protocol. */
const BY_PROTOCOL = z.strictObject({
  bkv: Bkv.default({}),
  gn: Bkv.default({}), // another name of bkv
  ykc: z
    .strictObject({
      defaults: YkcDialect.default({}),
      /** By pile code; what is not said is as in `defaults`. */
      piles: z.record(z.string().regex(/^\d{14}$/), YkcDialect).default({}),
      maxLength: z.number().int().min(200).max(255).default(200),
    })
    .prefault({}),
  ocpp: z
    .strictObject({
      registration: Registration.default('Accepted'),
      /** By identity; the others are as `registration` says. */
      stations: z.record(z.string().min(1).max(48), Registration).default({}),
      /** Where stations of 2.0.1 reach us with security profile 1, 2 or 3; needed to raise one. */
      urls: z.partialRecord(z.enum(['1', '2', '3']), z.url({ protocol: /^wss?$/ }).max(512)).default({}),
      /** Vendors whose DataTransfer is taken, and the messages of each; null: every one. */
      vendors: z.record(z.string().min(1).max(255), z.array(z.string().max(50)).nullable()).default({}),
    })
    .prefault({}),
});
export const ProtocolOptions = BY_PROTOCOL.transform(({ gn, bkv, ...others }) => ({
  ...others,
  bkv: { ...gn, ...bkv },
}));
export type ProtocolOptions = z.infer<typeof ProtocolOptions>;

/** The same as JSON text, as a setting carries it. */
export const protocolOptionsJson = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is no JSON');
      return z.NEVER;
    }
  })
  .pipe(ProtocolOptions);
