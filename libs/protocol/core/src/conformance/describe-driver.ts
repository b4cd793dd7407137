import { describeFrames } from './describe-frames';
import { describeReception } from './describe-reception';
import { describeStreams } from './describe-streams';
import type { ConformanceSubject, DriverVectors } from './vectors';

/** What every driver must show, with its protocol's vectors: run from one spec file of the driver's package. */
export function describeDriver<F>(subject: ConformanceSubject<F>, vectors: DriverVectors): void {
  describe(`${subject.driver.name} conformance`, () => {
    describeFrames(subject, vectors);
    describeStreams(subject, vectors);
    describeReception(subject, vectors);
  });
}
