import { rejected, then } from '../../connection/ask';
import type { Turn, Wait } from '../../connection/ask';
import type { StationCall } from '../../connection/version';
import { REPORT_PATIENCE_MS, ReportAssembly } from '../device-model/report-assembly';
import type { PlatformRequest, StationRequest } from '../messages';
import { call, refusalOf, requestOf } from './call';
import type { Link } from './call';

/** Messages of a station that carry parts of a report. */
type ReportAction =
  | 'NotifyReport'
  | 'NotifyMonitoringReport'
  | 'NotifyCustomerInformation'
  | 'NotifyDisplayMessages'
  | 'ReportChargingProfiles';
/** Requests that are answered twice: with a word now, and with the content in messages of the station. */
type AskingAction =
  | 'GetBaseReport'
  | 'GetReport'
  | 'GetMonitoringReport'
  | 'GetChargingProfiles'
  | 'GetDisplayMessages'
  | 'CustomerInformation';

export interface Asked<A extends AskingAction, R extends ReportAction, T> {
  readonly action: A;
  readonly payload: (requestId: number) => PlatformRequest<A>;
  readonly report: R;
  readonly itemsOf: (part: StationRequest<R>) => readonly T[];
  readonly done: (items: readonly T[], complete: boolean) => Turn;
  /** Answers that mean that there is nothing to report. */
  readonly empty?: readonly string[];
}

/** Asks, and puts the parts together until the last one has come or none has for a minute. */
export function askForReport<A extends AskingAction, R extends ReportAction, T>(
  asked: Asked<A, R, T>,
  { station, nowMs }: Link,
): Turn {
  const requestId = station.nextRequestId(nowMs);
  const assembly = new ReportAssembly<T>();
  const end = (): Turn => {
    station.collected(requestId);
    const { items, complete } = assembly.result();
    return asked.done(items, complete);
  };
  const take = (heard: StationCall): boolean => {
    const part = requestOf(asked.report, heard);
    if (part?.requestId !== requestId) return false;
    const seqNo = 'seqNo' in part ? part.seqNo : assembly.size; // some kinds of report are not numbered
    assembly.add({ seqNo, tbc: part.tbc === true, items: asked.itemsOf(part) });
    return true;
  };
  const parts: Wait = {
    waitMs: REPORT_PATIENCE_MS,
    hears: (heard) => (take(heard) ? (assembly.isComplete ? end() : then(parts)) : null),
    onSilence: end,
  };
  station.awaitReport(requestId);
  return call<AskingAction>(asked.action, asked.payload(requestId), {
    hears: (heard) => {
      take(heard); // before the answer, by stations in a hurry
      return null;
    },
    judge: (answer) => {
      if (asked.empty?.includes(answer.status) === true) return end();
      if (answer.status === 'Accepted') return assembly.isComplete ? end() : then(parts);
      station.collected(requestId);
      return rejected(refusalOf(answer));
    },
  });
}
