import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PayloadVersion, TenantId } from '@chargebus/domain';
import { BUSINESS_EVENTS, DELIVERABLE_EVENTS, renderEvent } from '@chargebus/events';
import { classicSignature, standardSignature } from '@chargebus/security';
import { configDefinition } from '../src/config';
import { Webhook } from 'standardwebhooks';

const page = readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'webhooks.md'), 'utf8');

/** The JSON blocks under an event's heading: v1, and v1-flat where it differs. */
const examplesOf = (type: string): readonly unknown[] => {
  const [, section = ''] = page.split(`### ${type}\n`);
  const blocks = (section.split('\n### ')[0] ?? '').matchAll(/```json\n([\s\S]*?)```/g);
  return [...blocks].map(([, json = '']) => JSON.parse(json) as unknown);
};
const rendered = (type: string, version: PayloadVersion): unknown => {
  const definition = BUSINESS_EVENTS.find((event) => event.type === type)!;
  const event = {
    id: 'evt_1',
    type,
    version: definition.version,
    tenantId: '0190a0e0-0000-7000-8000-00000000000a' as TenantId,
    deviceId: null,
    occurredAt: '2024-01-13T10:00:00.000Z',
    sequence: 1,
    causeId: null,
    data: definition.example,
  };
  return (JSON.parse(renderEvent(event, version)) as { data: unknown }).data;
};

describe('docs/webhooks.md', () => {
  it.each(DELIVERABLE_EVENTS)('shows %s as it is sent', (type) => {
    const [nested, flat = nested] = examplesOf(type);
    expect(nested).toEqual(rendered(type, 'v1'));
    expect(flat).toEqual(rendered(type, 'v1-flat'));
  });

  it('I20 gives a worked example whose signatures hold', () => {
    const value = (name: string): string => {
      const row = new RegExp(`^\\| ${name}\\s+\\| \`(.+)\`\\s+\\|$`, 'm').exec(page);
      return row?.[1] ?? `no row ${name}`;
    };
    const secret = value('secret');
    const body = value('body');
    const timestampS = Number(value('timestamp'));
    const id = 'evt_1';
    const parts = { method: 'POST', path: value('target'), timestamp: value('timestamp'), nonce: value('nonce'), body };
    expect(value('X-Signature')).toBe(classicSignature(secret, parts));
    expect(value('webhook-signature')).toBe(standardSignature([secret], { id, timestampS, body }));
    expect(value('webhook-signature')).toBe(new Webhook(secret).sign(id, new Date(timestampS * 1000), body));
  });

  it('states the schedule and the limits that are configured', () => {
    const { shape } = configDefinition.schema;
    const delays = shape.WEBHOOK_RETRY_DELAYS_S.parse(undefined);
    const spoken = delays.map((s) => (s < 60 ? `${s} s` : s < 3_600 ? `${s / 60} min` : `${s / 3_600} h`));
    expect(page).toContain(`${spoken.slice(0, -1).join(', ')} and ${spoken.at(-1)!}`);
    expect(shape.WEBHOOK_TIMEOUT_MS.parse(undefined)).toBe(10_000);
    expect(page).toContain(`up to ${shape.WEBHOOK_ENDPOINTS_PER_TENANT.parse(undefined)} endpoints`);
    expect(page).toContain(`${shape.WEBHOOK_ENDPOINT_CONCURRENCY.parse(undefined)} places for first attempts`);
    expect(page).toContain(`no success for ${shape.WEBHOOK_DISABLE_AFTER_S.parse(undefined) / 3_600} hours`);
    expect(page).toContain(`at least ${shape.WEBHOOK_DISABLE_AFTER_FAILURES.parse(undefined)} failed attempts`);
    expect(page).toContain(`For ${shape.WEBHOOK_SECRET_OVERLAP_S.parse(undefined) / 3_600} hours`);
    expect(page).toContain(`kept for ${shape.WEBHOOK_RETENTION_DAYS.parse(undefined)} days`);
  });
});
