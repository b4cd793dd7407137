import { createOcpp201Driver } from '../../src/v201/driver';
import type { Options201 } from '../../src/v201/options';
import { StationLine } from '../station-line';

export { ACCEPTED, AT, AT_MS, STATION } from '../station-line';
export type { Said } from '../station-line';

/** One station on one connection, spoken for message by message. */
export class AStation extends StationLine {
  constructor(options: Partial<Options201> = {}, seed = 1, acceptedBefore = true) {
    super(createOcpp201Driver(options), seed, acceptedBefore);
  }
}
