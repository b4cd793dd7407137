import type { Meant, StationCall } from '../../connection/version';
import type { StationAction, StationRequest, StationResponse } from '../messages';
import type { Options16 } from '../options';
import type { StationMemory } from './station-memory';

/** A CALL of the station, with what this connection knows of it. */
export interface Incoming extends StationCall {
  readonly station: StationMemory;
  readonly options: Options16;
}
/** What a CALL of one kind means. */
export type Meaning<A extends StationAction> = (
  request: StationRequest<A>,
  incoming: Incoming,
) => Meant<StationResponse<A>>;
