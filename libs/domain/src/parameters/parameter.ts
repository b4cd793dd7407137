import type { PlatformSettings } from './platform-settings';

/** A number in the parameter's unit; for ranges the lower and the upper end. */
export type ParameterValue = number | readonly [low: number, high: number];
export type WireValues = Readonly<Record<string, number | string | boolean>>;

/** Where a device keeps a parameter: the group and the keys of `params.set` and `params.get` of its protocol. */
export interface DeviceHome {
  readonly group: string;
  readonly keys: readonly string[];
  /** What the wire or the protocol's rules can carry; a value beyond it stays off the device. */
  readonly min: number;
  readonly max: number;
  readonly write: (value: ParameterValue) => WireValues;
  readonly read: (values: Readonly<Record<string, unknown>>) => ParameterValue | null; // null: it is not among them
}

/** How the platform itself keeps to a parameter, whatever the device can. */
export interface PlatformHome {
  readonly key: keyof PlatformSettings;
  readonly write: (value: ParameterValue) => Partial<PlatformSettings>;
  readonly read: (settings: PlatformSettings) => ParameterValue | null; // null: not set
  /** What it does then, for people. */
  readonly does: string;
}

export type ProtocolName = 'ap3000' | 'bkv' | 'ykc' | 'ocpp1.6' | 'ocpp2.0.1';

/** One parameter of devices, as integrators name it. */
export interface ParameterDefinition {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly unit: 'A' | 'V' | 'W' | '°C' | 's' | 'min' | '%';
  readonly type: 'number' | 'integer' | 'range';
  /** Of both ends, for a range. */
  readonly min: number;
  readonly max: number;
  readonly title: { readonly en: string; readonly zh: string };
  readonly description: string;
  readonly example: ParameterValue;
  readonly platform: PlatformHome | null; // null: only devices know it
  readonly device: Readonly<Partial<Record<ProtocolName, DeviceHome>>>;
}
