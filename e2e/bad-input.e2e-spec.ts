import { ap3000, Fleet } from '@chargebus/simulator';
import fc from 'fast-check';
import { hostileCalls } from './harness/hostile-calls';
import type { Call, Operation } from './harness/hostile-calls';
import { Story } from './harness/story';

const CALLS_PER_OPERATION = Number(process.env.BAD_INPUT_CALLS ?? 12);
const AT_A_TIME = 4;
/** The same calls every time; another number finds others. */
const SEED = Number(process.env.BAD_INPUT_SEED ?? 20_261_121);

/** What only our own insides say: places in sources, Postgres, NATS, paths. None of it is in what is sent. */
const INSIDES =
  /\bat [^ ]+ \(|node_modules|\.ts:\d|\.js:\d|\b(SELECT|INSERT|UPDATE|DELETE) |violates|relation "|invalid input syntax|ECONN|\bcb\.(ask|cmd|down)\.|ZodError|TypeError|\/dist\//;

interface Answer {
  readonly status: number;
  readonly text: string;
}
type Document = Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

/** Every operation of both documents is called with what no schema foresees; made from the documents themselves. */
describe('bad input', () => {
  let story: Story;
  let fleet: Fleet;
  const known: Record<string, string> = {};

  beforeAll(async () => {
    story = await Story.begin();
    fleet = await Fleet.connect({
      protocol: ap3000(),
      host: '127.0.0.1',
      port: story.installation.devicePort,
      devices: 1,
      speed: 10,
    });
    known.phyId = fleet.devices[0]!.deviceId;
    await story.event('device.online', (event) => event.device_phy_id === known.phyId);
  }, 60_000);
  afterAll(async () => {
    fleet.close();
    await story.end();
  });

  /** An answer that came too late on a busy host is no answer to bad input: asked again, it must be in time. */
  async function answerTo(method: string, call: Call): Promise<Answer> {
    const first = await send(method, call);
    return first.status === 504 ? send(method, call) : first;
  }
  async function send(method: string, { target, headers, body }: Call): Promise<Answer> {
    const response = await fetch(`${story.installation.baseUrls[0]!}${target}`, {
      method,
      headers: {
        ...headers,
        ...story.platform.sign(method, target, body ?? ''),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body }),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, text: await response.text() };
  }

  async function survives(method: string, path: string, operation: Operation): Promise<void> {
    await fc.assert(
      fc.asyncProperty(hostileCalls(path, operation, known), async (call) => {
        const { status, text } = await answerTo(method, call);
        if (status >= 500) throw new Error(`${status} ${text.slice(0, 400)}`);
        expect(text).not.toMatch(INSIDES);
        if (status >= 400 && method !== 'HEAD')
          expect(JSON.parse(text)).toMatchObject({ data: null, error: expect.any(String) as string });
      }),
      { numRuns: CALLS_PER_OPERATION, seed: SEED, endOnFailure: true },
    );
  }

  it.each(['third', 'internal'])(
    'D09 E34 gets a clear answer to every call of the surface %s: no 5xx, nothing of our insides',
    async (surface) => {
      const response = await fetch(`${story.installation.baseUrls[0]!}/api/docs/${surface}.json`);
      const { paths } = (await response.json()) as Document;
      const failures: string[] = [];
      const waiting = Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations)
          .filter(([, operation]) => !isStream(operation)) // has no end; its own tests call it
          .map(([method, operation]) => ({ method, path, operation })),
      );
      const work = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const { method, path, operation } = next;
          await survives(method.toUpperCase(), path, operation).catch((error: unknown) => {
            failures.push(`${operation.operationId}: ${String(error)} ${String((error as Error).cause)}`);
          });
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
      expect(failures).toEqual([]);
    },
    240_000,
  );

  it('E34 leaves every process running', () => {
    for (const { app, child } of story.installation.processes) expect([app, child.exitCode]).toEqual([app, null]);
  });
});

const isStream = ({ responses }: Operation): boolean =>
  Object.keys(responses['200']?.content ?? {}).includes('text/event-stream');
