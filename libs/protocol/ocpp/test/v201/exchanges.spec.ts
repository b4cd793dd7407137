import { DeviceCommand } from '@chargebus/domain';
import { ProtocolEvent } from '@chargebus/events';
import { OCPP_201 } from '../../src/v201/version';
import vectors from '../../vectors/ocpp201.json';
import { AStation } from './a-station';

interface Turn {
  readonly call?: string;
  readonly says?: string;
  readonly payload?: object;
  readonly answer?: object;
  readonly error?: string;
  readonly silence?: boolean;
}
interface ExchangeVector {
  readonly id: string;
  readonly command: unknown;
  readonly before?: readonly (readonly [action: string, payload: object])[];
  readonly reissued?: boolean;
  readonly dialogue: readonly Turn[];
  readonly outcome: object;
  readonly facts?: readonly object[];
}
const exchanges = vectors.exchanges as unknown as readonly ExchangeVector[];
/** `$requestId` stands for the id of our last request. */
const withRequestId = (payload: object, requestId: unknown): object =>
  JSON.parse(JSON.stringify(payload).replaceAll('"$requestId"', JSON.stringify(requestId ?? null))) as object;

function play(station: AStation, turn: Turn, requestId: unknown): void {
  if (turn.says !== undefined) station.says(turn.says, withRequestId(turn.payload ?? {}, requestId));
  else if (turn.call !== undefined) {
    const { call } = station;
    expect(call).toMatchObject({ action: turn.call, payload: turn.payload });
    expect(OCPP_201.validators[`${turn.call}Request`]?.(call?.payload)).toBe(true);
    if (turn.error !== undefined) station.refuses(turn.error);
    else if (turn.answer !== undefined) station.answers(turn.answer);
    else station.keepsSilent();
  } else station.keepsSilent();
}

describe('OCPP 2.0.1: what a station is asked', () => {
  it.each(exchanges)('A11 carries out $id', ({ command, before = [], reissued = false, dialogue, outcome, facts }) => {
    const station = new AStation();
    for (const [action, payload] of before) station.says(action, payload);
    station.begin(DeviceCommand.parse(command), reissued);
    const requestId = (station.call?.payload as { requestId?: number } | undefined)?.requestId;
    for (const turn of dialogue) play(station, turn, requestId);
    expect(station.outcome).toMatchObject(outcome);
    for (const fact of station.orderFacts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
    if (facts !== undefined) expect(station.orderFacts).toMatchObject(facts);
  });
});
