import { toInstant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { fromHex } from '..';
import type { Decoded } from '..';
import { describeDeclaration } from './describe-declaration';
import { describeFrames } from './describe-frames';
import { describeReception } from './describe-reception';
import { describeStreams } from './describe-streams';
import type { ConformanceSubject, DriverVectors } from './vectors';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** What every driver must show, with its protocol's vectors: run from one spec file of the driver's package. */
export function describeDriver<F>(subject: ConformanceSubject<F>, vectors: DriverVectors): void {
  const { driver, orders } = subject;
  const uplink = vectors.vectors.filter(({ direction }) => direction === 'up').map(({ hex }) => fromHex(hex));
  const decode = (bytes: Uint8Array): readonly Decoded<F>[] => driver.open(1).push(bytes);
  describe(`${driver.name} conformance`, () => {
    describeFrames(subject, vectors);
    describeStreams(subject, vectors);
    describeReception(subject, vectors);
    describeDeclaration({
      declaration: driver.declaration,
      open: () => driver.open(1),
      deviceId: () => {
        const [frame] = uplink.flatMap(decode).filter(({ ambiguousId }) => !ambiguousId);
        if (frame === undefined) throw new Error('no vector names a device');
        return frame.deviceId;
      },
      facts: (): readonly ProtocolEvent[] =>
        uplink.flatMap((bytes) => {
          const connection = driver.open(1);
          return connection.push(bytes).flatMap((one) => connection.receive(one, toInstant(AT_MS), AT_MS).facts);
        }),
      ...(orders === undefined ? {} : { orders }),
    });
  });
}
