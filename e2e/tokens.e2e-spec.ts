import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '@chargebus/api-client';
import { eventually } from '@chargebus/testing';
import { CARD_PROTOCOLS, CardReader } from './harness/card-reader';
import { Story } from './harness/story';

const FALLBACK_AFTER_MS = 1_500;

/** What the client's server says of a token; it never answers about one that is not here. */
const SAID: Readonly<Record<string, string>> = { refused: 'blocked', welcome: 'accepted' };

describe('a card at a device of each protocol', () => {
  let story: Story;
  let server: Server;
  const asked: string[] = [];
  /** Cards by what becomes of them; eight hex digits, another set for every protocol. */
  const cards = new Map<string, string>();
  const says = new Map<string, string>();
  let next = 0xa1b2c300;

  beforeAll(async () => {
    story = await Story.begin({ settings: { session: { TOKEN_CALLBACK_CACHE_MS: '1' } } });
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { token } = JSON.parse(Buffer.concat(chunks).toString()) as { token: string };
        asked.push(token);
        const status = says.get(token.toLowerCase());
        if (status !== undefined) response.end(JSON.stringify({ status }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tokens`;
    const callback = { url, timeout_ms: FALLBACK_AFTER_MS, fallback: 'accepted' as const };
    await answer(story.api.PUT('/api/third/token-callback', { body: callback }));
  }, 60_000);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await story.end();
  });

  const put = async (token: string, body: { group?: string; status?: 'blocked'; expiry?: string }): Promise<void> => {
    await answer(story.api.PUT('/api/third/tokens/{token}', { params: { path: { token } }, body }));
  };

  describe.each(Object.keys(CARD_PROTOCOLS))('%s', (name) => {
    let reader: CardReader;
    const protocol = CARD_PROTOCOLS[name]!;

    beforeAll(async () => {
      cards.clear();
      for (const kind of ['accepted', 'blocked', 'expired', 'refused', 'welcome', 'late'])
        cards.set(kind, (next++).toString(16));
      for (const [kind, status] of Object.entries(SAID))
        says.set(protocol.onWire(cards.get(kind)!).toLowerCase(), status);
      await put(cards.get('accepted')!, { group: 'fleet' });
      await put(cards.get('blocked')!.toUpperCase(), { status: 'blocked' });
      await put(cards.get('expired')!, { expiry: '2020-01-01T00:00:00Z' });
      reader = await CardReader.connect(story.installation.devicePort, protocol);
      await story.event('device.online', (event) => event.device_phy_id === protocol.physicalId);
    });
    afterAll(() => {
      reader.close();
    });

    it.each([
      ['accepted', true],
      ['blocked', false],
      ['expired', false],
    ])('A09 decides by the register: %s', async (kind, accepted) => {
      const before = asked.length;
      expect(await reader.hold(cards.get(kind)!)).toBe(accepted);
      expect(asked).toHaveLength(before);
    });

    it.each([
      ['refused', false],
      ['welcome', true],
    ])('A09 asks the client: %s', async (kind, accepted) => {
      expect(await reader.hold(cards.get(kind)!)).toBe(accepted);
      expect(asked).toContain(protocol.onWire(cards.get(kind)!));
    });

    it('A09 takes the configured answer when the client is too late', async () => {
      expect(await reader.hold(cards.get('late')!)).toBe(true);
      await eventually(() => {
        expect(asked).toContain(protocol.onWire(cards.get('late')!));
      });
    });
  });
});
