import type { MeterValue, StationRequest, TransactionEvent } from '../messages';

type Loose<T> = T extends object ? { readonly [K in keyof T]?: Loose<T[K]> | undefined } : T;

/**
 * Messages about transactions are taken with parts missing (page §2.3), so here, and only here, a payload may be less
 * than its schema says: what is not whole is left out.
 */
export function repairEvent(event: TransactionEvent): TransactionEvent {
  const { evse, idToken, meterValue, transactionInfo, triggerReason, ...rest } = event as Loose<TransactionEvent>;
  return {
    ...rest,
    transactionInfo,
    triggerReason: triggerReason ?? 'AbnormalCondition',
    ...(evse?.id !== undefined && { evse }),
    ...(idToken?.idToken !== undefined && idToken.type !== undefined && { idToken }),
    meterValue: wholeValues(meterValue as readonly Loose<MeterValue>[] | undefined),
  } as TransactionEvent;
}
export const repairValues = ({ evseId, meterValue }: StationRequest<'MeterValues'>): StationRequest<'MeterValues'> => ({
  evseId,
  meterValue: wholeValues(meterValue),
});

const wholeValues = (values: readonly Loose<MeterValue>[] | undefined): MeterValue[] =>
  (values ?? []).flatMap(({ timestamp, sampledValue }) =>
    timestamp === undefined || !Array.isArray(sampledValue)
      ? []
      : [{ timestamp, sampledValue: sampledValue.filter(({ value }) => value !== undefined) }],
  );
