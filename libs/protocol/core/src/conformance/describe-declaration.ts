import { COMMAND_EXAMPLES, DEVICE_COMMAND_KINDS } from '@chargebus/domain';
import type { DeviceCommand, DeviceCommandKind, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Declaration, DriverFact, ProtocolConnection } from '..';

export interface DeclaredSubject<F> {
  readonly declaration: Declaration;
  /** A connection on which the device has said enough to be given orders. */
  readonly open: () => ProtocolConnection<F>;
  readonly deviceId: () => DeviceId;
  /** Orders that fit this protocol, for kinds whose general example does not. */
  readonly orders?: Readonly<Partial<Record<DeviceCommandKind, DeviceCommand>>>;
  /** What the driver made of the protocol's example frames. */
  readonly facts: () => readonly ProtocolEvent[];
}

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** That a driver does what it says it can, and says what it does. */
export function describeDeclaration<F>({ declaration, open, deviceId, orders, facts }: DeclaredSubject<F>): void {
  const begin = (kind: DeviceCommandKind) => open().begin(deviceId(), orders?.[kind] ?? COMMAND_EXAMPLES[kind], false);

  it('declares every kind of order of the catalogue', () => {
    expect(Object.keys(declaration.orders).sort()).toEqual([...DEVICE_COMMAND_KINDS].sort());
  });

  for (const kind of DEVICE_COMMAND_KINDS) {
    const { support, why } = declaration.orders[kind];
    if (support === 'none')
      it(`refuses ${kind} with the declared reason`, () => {
        expect(begin(kind)).toEqual({ status: 'unsupported', reason: why });
      });
    else
      it(`carries out ${kind}, which it declares ${support}`, () => {
        const begun = begin(kind);
        if ('status' in begun) expect(['acked', 'rejected']).toContain(begun.status);
        else expect(begun.start(AT_MS)).toMatchObject({});
      });
  }

  it('tells no fact that it declares impossible', () => {
    const told = new Set(facts().map(({ type }) => type));
    const denied = Object.entries(declaration.facts).flatMap(([type, { support }]) =>
      support === 'none' ? [type as DriverFact] : [],
    );
    expect(denied.filter((type) => told.has(type))).toEqual([]);
  });
}
