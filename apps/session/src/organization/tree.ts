import type { PlaceCount, TreeParts } from '@chargebus/persistence/session';
import type { GetOrganization, ReplyOf } from '@chargebus/requests';

type Tree = Pick<ReplyOf<typeof GetOrganization>, 'counts' | 'regions' | 'stations'>;
type Counts = Tree['regions'][number]['counts'];

const NOTHING: Counts = { stations: 0, devices: 0, onlineDevices: 0, ports: 0 };

/**
 * Counts of every level, from what stands at each place. Shown are regions and stations of the data scope, those where a
 * device of it stands, and the regions that lead there.
 */
export function countTree({ regions, stations, places }: TreeParts): Tree {
  const pathOf = new Map(regions.map(({ code, path }) => [code, path]));
  const ofRegion = new Map<string, Counts>();
  const ofStation = new Map<string, PlaceCount>();
  const total = { ...NOTHING };
  const shown = new Set(regions.filter(({ visible }) => visible).flatMap(({ path }) => path));
  const count = (region: string | null, what: Counts): void => {
    for (const code of region === null ? [] : (pathOf.get(region) ?? [])) {
      ofRegion.set(code, sum(ofRegion.get(code) ?? NOTHING, what));
      shown.add(code);
    }
    Object.assign(total, sum(total, what));
  };
  for (const place of places) {
    const { devices, onlineDevices, ports } = place;
    count(place.region, { stations: 0, devices, onlineDevices, ports });
    if (place.station !== null) ofStation.set(place.station, place);
  }
  const shownStations = stations.filter(({ code, visible }) => visible || ofStation.has(code));
  for (const { region } of shownStations) count(region, { ...NOTHING, stations: 1 });
  const shownRegions = regions.filter(({ code }) => shown.has(code));
  return {
    counts: { ...total, regions: shownRegions.length },
    regions: shownRegions.map(({ code, name, parent }) => ({
      code,
      name,
      parent,
      counts: ofRegion.get(code) ?? NOTHING,
    })),
    stations: shownStations.map(({ code, name, region, state }) => {
      const { devices = 0, onlineDevices = 0, ports = 0 } = ofStation.get(code) ?? {};
      return { code, name, region, state, counts: { devices, onlineDevices, ports } };
    }),
  };
}

const sum = (a: Counts, b: Counts): Counts => ({
  stations: a.stations + b.stations,
  devices: a.devices + b.devices,
  onlineDevices: a.onlineDevices + b.onlineDevices,
  ports: a.ports + b.ports,
});
