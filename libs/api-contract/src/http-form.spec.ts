import { COMMAND_EXAMPLES, DEVICE_COMMAND_KINDS, DeviceCommand } from '@chargebus/domain';
import { httpForm, snakeName } from './http-form';

const onHttp = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(onHttp);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [snakeName(name), name === 'values' ? inner : onHttp(inner)]),
  );
};
const order = httpForm(DeviceCommand);
const fields = (value: unknown): readonly string[] =>
  (order.safeParse(value).error?.issues ?? []).map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return [...issue.path, ...keys].join('.');
  });

describe('the form of an order on the HTTP surface', () => {
  it.each(DEVICE_COMMAND_KINDS)('E33 is understood for %s', (kind) => {
    expect(order.parse(onHttp(COMMAND_EXAMPLES[kind]))).toEqual(COMMAND_EXAMPLES[kind]);
  });

  it('takes what may be null as left out', () => {
    expect(order.parse({ kind: 'firmware.update', target: 'device', source: { location: 'ftp://a/b' } })).toEqual({
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      version: null,
      deviceType: null,
      source: { location: 'ftp://a/b' },
    });
  });

  it.each([
    ['a kind that is none', { kind: 'device.fly' }, ['kind']],
    ['a field that is none', { kind: 'device.reboot', scope: 'device', colour: 'red' }, ['colour']],
    ['our own spelling', { kind: 'device.locate', durationS: 30 }, ['duration_s', 'durationS']],
    ['a number out of range', { kind: 'device.locate', duration_s: 0 }, ['duration_s']],
    [
      'a field inside',
      { kind: 'network.refresh', channel: 1, nodes: [{ socket_no: 251, mac: 'x' }] },
      ['nodes.0.socket_no', 'nodes.0.mac'],
    ],
    ['too few entries', { kind: 'cards.query', card_ids: [] }, ['card_ids']],
  ])('D05 refuses %s and names it', (_, value, wanted) => {
    expect(fields(value)).toEqual(wanted);
  });
});
