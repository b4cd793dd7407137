import type { StationCall } from '../../connection/version';
import type { Meant } from '../../connection/version';
import type { StationAction, StationRequest, StationResponse } from '../messages';
import type { Options201 } from '../options';
import type { StationMemory } from './station-memory';

/** A CALL of the station, with what this connection knows of it. */
export interface Incoming extends StationCall {
  readonly station: StationMemory;
  readonly options: Options201;
}
/** What a CALL of one kind means. */
export type Meaning<A extends StationAction> = (
  request: StationRequest<A>,
  incoming: Incoming,
) => Meant<StationResponse<A>>;
