import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import type { LoopResult, StationsOrder } from '../stations-process';
import { delay, percentile } from '../statistics';
import { untilOnline } from '../until-online';

const STATIONS = 200;
const SECONDS = 30;
const CEILING_SECONDS = 10;
const CONNECTED = 5_000;
const RECONNECTING = 2_000;
const RAMP_PER_S = 400; // below what the door admits for long

class Stations {
  private constructor(private readonly child: Awaited<ReturnType<typeof startChild>>['child']) {}
  static async start(): Promise<Stations> {
    return new Stations((await startChild('stations-process.js')).child);
  }
  ask<T>(order: StationsOrder): Promise<T> {
    this.child.send(order);
    return answer<T>(this.child);
  }
  end(): Promise<void> {
    return end(this.child);
  }
}
async function withStations<T>(use: (stations: Stations) => Promise<T>): Promise<T> {
  const stations = await Stations.start();
  try {
    return await use(stations);
  } finally {
    await stations.end();
  }
}

/** `known` resolves when the target knows the stations: what a new device costs is not what is measured. */
async function loopAt(port: number, seconds: number, known?: () => Promise<void>): Promise<LoopResult> {
  return withStations(async (stations) => {
    await stations.ask({ connect: { port, stations: STATIONS, rampPerS: RAMP_PER_S } });
    await known?.();
    return stations.ask<LoopResult>({ loop: { seconds } });
  });
}
async function ceiling(): Promise<number> {
  const server = await startChild('ceilings/bare-ocpp.js');
  try {
    const { calls, seconds } = await loopAt(server.port, CEILING_SECONDS);
    return calls / seconds;
  } finally {
    await end(server.child);
  }
}

/** Whole charges of stations that wait for every answer, then many stations, then many at once. */
export async function measureOcpp(): Promise<Figure[]> {
  const bare = await ceiling();
  const installation = await Installation.start({ settings: { session: { CARD_DECISION: 'accepted' } } });
  try {
    const { calls, charges, seconds, latenciesMs, refused } = await loopAt(installation.stationPort, SECONDS, () =>
      untilOnline(installation, STATIONS),
    );
    const settled = async (): Promise<number> =>
      Number(
        (
          await installation.database.query<{ n: string }>(
            "SELECT count(*) AS n FROM session.charging_sessions WHERE status = 'settled'",
          )
        )[0]?.n ?? 0,
      );
    const ended = performance.now();
    while ((await settled()) < charges && performance.now() - ended < 30_000) await delay(100);
    const lost = charges - (await settled());
    const connectedS = await connected(installation.stationPort);
    const backS = await reconnected(installation.stationPort);
    return [
      {
        measure: `OCPP 1.6 calls of ${STATIONS} stations in a closed loop, everything durable`,
        unit: 'calls/s',
        value: calls / seconds,
        must: { atLeast: 4_000 },
        ceiling: { what: 'bare parse and answer', value: bare },
        note: `${charges} charges, ${lost} of them not settled 30 s later; refused and said again: ${JSON.stringify(refused)}`,
      },
      {
        measure: 'time of a call in that run, p99',
        unit: 'ms',
        value: percentile(Object.values(latenciesMs).flat(), 0.99),
        must: { atMost: 150 },
        ceiling: null,
        note: `p99 by action: ${JSON.stringify(p99ByAction(latenciesMs))}`,
      },
      {
        measure: `OCPP stations connected and accepted, at ${RAMP_PER_S}/s`,
        unit: '',
        value: CONNECTED,
        must: { atLeast: CONNECTED },
        ceiling: null,
        note: `after ${connectedS.toFixed(1)} s`,
      },
      {
        measure: `${RECONNECTING} OCPP stations reconnecting at once: the last one accepted`,
        unit: 's',
        value: backS,
        must: { atMost: 10 },
        ceiling: null,
      },
    ];
  } finally {
    await installation.stop();
  }
}

const p99ByAction = (latenciesMs: LoopResult['latenciesMs']): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(latenciesMs).map(([action, times]) => [action, Math.round(percentile(times, 0.99))]),
  );
const connected = (port: number): Promise<number> =>
  withStations(async (stations) => {
    const { seconds } = await stations.ask<{ seconds: number }>({
      connect: { port, stations: CONNECTED, rampPerS: RAMP_PER_S },
    });
    return seconds;
  });
const reconnected = (port: number): Promise<number> =>
  withStations(async (stations) => {
    await stations.ask({ connect: { port, stations: RECONNECTING, rampPerS: RAMP_PER_S } });
    await delay(3_000);
    const { seconds } = await stations.ask<{ seconds: number }>({ storm: true });
    return seconds;
  });
