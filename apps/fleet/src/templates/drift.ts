import { findParameter, isSameValue, parameterSupport, resolveTemplate, toInstant } from '@chargebus/domain';
import type { DeviceNames, ParameterValue, Resolved } from '@chargebus/domain';
import type { KnownValues, TemplateRecord } from '@chargebus/persistence/fleet';
import type { SelectedDevice, TemplateDrift } from '@chargebus/requests';
import { toWireValue } from '../params/parameter-view';

type Content = Pick<TemplateRecord, 'values' | 'variables'>;

/** What a device gets by the template. */
export function resolvedFor({ values, variables }: Content, device: SelectedDevice): Resolved {
  const { deviceId, station, region, model, type, protocol } = device;
  const names: DeviceNames = { device: deviceId, station, region, model, type, protocol };
  return resolveTemplate(values, variables, names);
}

/**
 * What of a device is not as the template has it, by what is known of the device. unknown: of a parameter nothing was ever
 * told; it counts only where nothing differs.
 */
export function driftOf(template: Content, device: SelectedDevice, known: KnownValues, now: Date): TemplateDrift {
  const { values, problems } = resolvedFor(template, device);
  const entries = Object.entries(values).map(([name, expected]) => ({
    name,
    expected,
    known: known.get(name) ?? notSet(name, device, now),
  }));
  const differences = entries.flatMap(({ name, expected, known: found }) =>
    found === null || isSameValue(expected, found.value) ? [] : [differenceOf(name, expected, found)],
  );
  const unknown = entries.filter((entry) => entry.known === null).map(({ name }) => name);
  return {
    deviceId: device.deviceId,
    status:
      problems.length > 0
        ? 'unresolved'
        : differences.length > 0
          ? 'drifted'
          : unknown.length > 0
            ? 'unknown'
            : 'in_sync',
    differences,
    unknown,
    problems: problems.map(({ field, message }) => `${field}: ${message}`),
  };
}

type Known = NonNullable<ReturnType<KnownValues['get']>>;

/** What only the platform keeps to is known without being told: it was never set. Null: the device has not told it. */
function notSet(name: string, { protocol }: SelectedDevice, now: Date): Known | null {
  const definition = findParameter(name);
  const isOurs = definition !== undefined && parameterSupport(definition, protocol).support === 'emulated';
  return isOurs ? { value: null, source: 'platform', knownAt: now } : null;
}

const differenceOf = (
  name: string,
  expected: ParameterValue,
  { value, source, knownAt }: Known,
): TemplateDrift['differences'][number] => ({
  name,
  expected: toWireValue(expected),
  actual: toWireValue(value),
  source,
  knownAt: toInstant(knownAt.getTime()),
});
