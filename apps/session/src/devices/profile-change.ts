import type { ProfileChange } from '@chargebus/domain';
import { StationNotFound, ValidationFailed } from '@chargebus/errors';
import { ProfileRefused } from '@chargebus/persistence/session';

/** Of a request what belongs to the profile. Absent stays absent: as it is. */
export const placeAndName = ({ name, type, region, station, tags, attributes }: ProfileChange): ProfileChange => ({
  name,
  type,
  // The station says the region: a region that is left out in its favour is not one that is taken away.
  region: station == null ? region : (region ?? undefined),
  station,
  tags,
  attributes,
});

/** What a caller is told when a profile cannot be what was asked. */
export function refusalOf(error: unknown): never {
  if (!(error instanceof ProfileRefused)) throw error;
  if (error.refusal === 'station_unknown') throw new StationNotFound({ station: error.change.station ?? '' });
  const problem = { field: 'region', message: 'is that of the station: leave it out, or name the same' };
  throw new ValidationFailed({ summary: `${problem.field}: ${problem.message}` }, { details: [problem] });
}
