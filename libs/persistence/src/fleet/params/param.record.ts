import type { ChangeOutcome, DeviceId, ParameterOutcome, ParameterValue, TenantId } from '@chargebus/domain';

/** By the name of the dictionary; null: not set. */
export type NamedValues = Readonly<Record<string, ParameterValue | null>>;

/** Who asked for something. Null: the product itself, or not known. */
export interface Actor {
  readonly clientId: string | null;
  readonly name: string | null;
}

export type ChangeState = 'held' | 'waiting' | 'applying' | 'done';
export interface ParameterResult {
  readonly name: string;
  readonly requested: ParameterValue | null;
  readonly before: ParameterValue | null; // null: not known, or not set
  readonly actual: ParameterValue | null; // as read back; null: the device cannot tell
  readonly outcome: ParameterOutcome;
  readonly reason: string | null;
}

export interface NewChange {
  readonly changeId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly held: boolean; // until the device is idle
  readonly requested: NamedValues;
  readonly mode: 'strict' | 'loose';
  readonly backup: boolean;
  readonly source: string;
  readonly actor: Actor;
  readonly note: string | null;
  readonly jobId: string | null;
  readonly expiresAt: Date;
}
export interface ChangeRecord extends Omit<NewChange, 'held'> {
  readonly state: ChangeState;
  readonly resting: boolean; // nobody works on it, and nobody will before something happens or a while has passed
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: ChangeOutcome | null;
  readonly reason: string | null;
  readonly result: readonly ParameterResult[] | null;
  readonly version: number | null;
}

export interface KnownValue {
  readonly name: string;
  readonly value: ParameterValue | null;
  readonly source: 'device' | 'platform' | 'written';
  readonly knownAt: Date;
}

export interface VersionRecord {
  readonly deviceId: DeviceId;
  readonly version: number;
  readonly changeId: string;
  readonly source: string;
  readonly actor: Actor;
  readonly note: string | null;
  readonly jobId: string | null;
  readonly changes: readonly {
    readonly name: string;
    readonly before: ParameterValue | null;
    readonly after: ParameterValue | null;
  }[];
  readonly values: NamedValues;
  readonly createdAt: Date;
}

/** How a change ended, and what is known since. */
export interface ChangeEnd {
  readonly outcome: ChangeOutcome;
  readonly reason: string | null;
  readonly result: readonly ParameterResult[];
  readonly known: readonly Omit<KnownValue, 'knownAt'>[];
  /** What was before, as a version of its own; null: nobody asked for it. */
  readonly backup: NamedValues | null;
}
