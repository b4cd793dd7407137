import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { delay } from './statistics';

/**
 * The load generator of OCPP 1.6, a process of its own: stations that say nothing but what is measured. Ordered over
 * IPC one order at a time, each answered with one message.
 */
export interface StationsOrder {
  readonly connect?: { readonly port: number; readonly stations: number; readonly rampPerS: number };
  /** Every station charges again and again, one call at a time. */
  readonly loop?: { readonly seconds: number };
  /** All connections break at once and dial again at once. */
  readonly storm?: true;
}
export interface LoopResult {
  readonly charges: number;
  readonly calls: number;
  readonly seconds: number;
  readonly latenciesMs: Readonly<Record<string, readonly number[]>>; // by action
  /** Calls that the platform could not handle then, and the station said again. */
  readonly refused: Readonly<Record<string, number>>;
}

type Payload = Readonly<Record<string, unknown>>;
const SUBPROTOCOL = 'ocpp1.6';
const WITHIN_MS = 120_000;
const METER_VALUES = 3;
const RUN = randomBytes(3).toString('hex');

/** One station: a socket and one open call. */
class Station {
  private socket: WebSocket | null = null;
  private waiting: ((payload: Payload) => void) | null = null;
  private nextId = 0;

  constructor(
    private readonly port: number,
    readonly identity: string,
  ) {}

  /** Resolves when the platform accepted the boot. Dials again when it is refused for the moment. */
  async connect(): Promise<void> {
    const until = Date.now() + WITHIN_MS;
    while (!(await this.dial())) {
      if (Date.now() > until) throw new Error(`${this.identity} is not let in`);
      await delay(200 + Math.random() * 300);
    }
    await this.call('BootNotification', { chargePointVendor: 'Bench', chargePointModel: 'Station' });
  }
  call(action: string, payload: Payload): Promise<Payload> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.socket?.send(JSON.stringify([2, `${RUN}-${++this.nextId}`, action, payload]));
    });
  }
  break(): void {
    this.socket?.removeAllListeners();
    this.socket?.on('error', () => undefined);
    this.socket?.terminate();
  }

  private dial(): Promise<boolean> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/ocpp/${this.identity}`, [SUBPROTOCOL], {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      generateMask: (mask) => mask.fill(0), // no secret to keep, and the load generator's time is the platform's
    });
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.take(JSON.parse(data.toString()) as readonly unknown[]);
    });
    return new Promise((resolve) => {
      socket.once('open', () => {
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
  }
  private take([type, id, third]: readonly unknown[]): void {
    if (type === 2) this.socket?.send(JSON.stringify([4, id, 'NotImplemented', '', {}]));
    else this.waiting?.(type === 4 ? { errorCode: third } : (third as Payload));
  }
}

let stations: readonly Station[] = [];

async function connect({ port, stations: count, rampPerS }: NonNullable<StationsOrder['connect']>): Promise<number> {
  const began = performance.now();
  stations = Array.from({ length: count }, (_, index) => new Station(port, `BENCH-${RUN}-${index}`));
  await Promise.all(
    stations.map(async (station, index) => {
      await delay((index * 1000) / rampPerS);
      await station.connect();
    }),
  );
  return (performance.now() - began) / 1000;
}

async function loop({ seconds }: NonNullable<StationsOrder['loop']>): Promise<LoopResult> {
  const latenciesMs: Record<string, number[]> = {};
  const refused: Record<string, number> = {};
  const began = performance.now();
  const until = began + seconds * 1000;
  let charges = 0;
  let calls = 0;
  const timed = async (station: Station, action: string, payload: Payload): Promise<Payload> => {
    const askedAt = performance.now();
    let answer = await station.call(action, payload);
    while ('errorCode' in answer) {
      refused[action] = (refused[action] ?? 0) + 1;
      await delay(1_000);
      answer = await station.call(action, payload);
    }
    calls += 1;
    (latenciesMs[action] ??= []).push(performance.now() - askedAt);
    return answer;
  };
  const charge = async (station: Station): Promise<void> => {
    const idTag = `TAG${station.identity.split('-').at(-1) ?? ''}`;
    let meter = 0;
    while (performance.now() < until) {
      const timestamp = (): string => new Date().toISOString();
      await timed(station, 'Authorize', { idTag });
      const start = { connectorId: 1, idTag, meterStart: meter, timestamp: timestamp() };
      const { transactionId } = await timed(station, 'StartTransaction', start);
      for (let sample = 0; sample < METER_VALUES; sample++) {
        meter += 100;
        const sampledValue = [{ value: String(meter), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }];
        const meterValue = [{ timestamp: timestamp(), sampledValue }];
        await timed(station, 'MeterValues', { connectorId: 1, transactionId, meterValue });
      }
      await timed(station, 'StopTransaction', { transactionId, idTag, meterStop: meter, timestamp: timestamp() });
      charges += 1;
    }
  };
  await Promise.all(stations.map(charge));
  return { charges, calls, seconds: (performance.now() - began) / 1000, latenciesMs, refused };
}

async function storm(): Promise<number> {
  for (const station of stations) station.break();
  const began = performance.now();
  await Promise.all(stations.map((station) => station.connect()));
  return (performance.now() - began) / 1000;
}

process.on('message', (order: StationsOrder) => {
  void (async () => {
    if (order.connect !== undefined) process.send?.({ seconds: await connect(order.connect) });
    if (order.loop !== undefined) process.send?.(await loop(order.loop));
    if (order.storm !== undefined) process.send?.({ seconds: await storm() });
  })();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: 0 });
