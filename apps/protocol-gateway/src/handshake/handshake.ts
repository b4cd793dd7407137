import type { DeviceId } from '@chargebus/domain';
import type { MessageDriver } from '@chargebus/protocol-core';
import type { DeviceAdmission } from '@chargebus/requests';
import type { Clock } from '../clock';
import type { Admissions } from './admissions';
import type { Attempts } from './attempts';
import { readBasicAuth } from './basic-auth';
import type { PasswordCheck } from './password-check';
import { chooseDriver, offeredSubprotocols } from './subprotocol';
import type { TakeoverWatch } from './takeover-watch';
import { readTarget } from './target';

/** What a request to open a WebSocket says of itself. */
export interface Knocking {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly subprotocols: string | undefined;
  readonly remoteAddress: string;
  readonly transport: Transport;
}
export interface NewlyUsed {
  readonly passwordHash: string | null; // of the newer password; null: it used none
  readonly securityProfile: number | null; // null: it came on the older one
}
/** Over what it came, and what TLS proved. */
export type Transport =
  | { readonly kind: 'plain' | 'tls' }
  | { readonly kind: 'mutual_tls'; readonly organisation: string | null; readonly commonName: string | null };

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503;
  readonly reason: string;
  readonly deviceId: DeviceId | null;
  readonly retryAfterS?: number;
}
export interface Welcome {
  readonly deviceId: DeviceId;
  readonly admission: DeviceAdmission;
  readonly driver: MessageDriver | null; // null: no common subprotocol; the handshake is finished, then closed
  /** What the device used for the first time, so that the registry can retire what it replaces. */
  readonly used: NewlyUsed;
}

export interface HandshakeOptions {
  readonly basePath: string;
  readonly allowProfile0: boolean;
  readonly operator: string | null; // the organisation that station certificates must name; null: any of our CA
}
export interface HandshakeHost {
  readonly clock: Clock;
  readonly drivers: readonly MessageDriver[];
  readonly admissions: Pick<Admissions, 'find'>;
  readonly attempts: Attempts;
  readonly passwords: PasswordCheck;
  readonly takeovers: TakeoverWatch;
}

const WITH_PASSWORD: readonly number[] = [1, 2];
const BUSY_RETRY_S = 10;

/** Decides who may open a WebSocket: the rows of ocpp.md §1.2 in their order, the first that fails decides. */
export class Handshake {
  constructor(
    private readonly options: HandshakeOptions,
    private readonly host: HandshakeHost,
  ) {}

  async decide(knocking: Knocking): Promise<Welcome | Refusal> {
    const { admissions, attempts, clock, drivers, takeovers } = this.host;
    const { remoteAddress } = knocking;
    const target =
      knocking.method === 'GET' ? readTarget(knocking.url, this.options.basePath) : { refuse: 404 as const };
    if ('refuse' in target) {
      attempts.refused(remoteAddress, clock.nowMs());
      return { status: target.refuse, reason: 'path', deviceId: null };
    }
    const { deviceId } = target;
    const pauseMs = attempts.pauseMs(deviceId, remoteAddress, clock.nowMs());
    if (pauseMs > 0)
      return { status: 429, reason: 'too_many_attempts', deviceId, retryAfterS: Math.ceil(pauseMs / 1_000) };
    if (takeovers.isFight(deviceId, clock.nowMs()))
      return { status: 429, reason: 'identity_contested', deviceId, retryAfterS: 60 };

    const offered = offeredSubprotocols(knocking.subprotocols);
    const admission = await admissions.find({ deviceId, remoteAddress, subprotocols: offered.slice(0, 10) });
    if (admission?.enabled !== true) {
      attempts.refused(remoteAddress, clock.nowMs());
      return { status: 404, reason: admission === null ? 'unknown_identity' : 'disabled', deviceId };
    }
    const proof = await this.prove(deviceId, admission, knocking);
    if ('status' in proof) {
      if (proof.status !== 503) attempts.failed(deviceId, remoteAddress, clock.nowMs());
      return proof;
    }
    attempts.succeeded(deviceId);
    return { deviceId, admission, driver: chooseDriver(offered, drivers, admission.subprotocols), used: proof };
  }

  /** Rows 5 and 6: the transport fits one of the accepted profiles, and what that profile asks for is there. */
  private async prove(
    deviceId: DeviceId,
    admission: DeviceAdmission,
    knocking: Knocking,
  ): Promise<NewlyUsed | Refusal> {
    const { nextSecurityProfile, securityProfile } = admission;
    const { transport } = knocking;
    const accepted = nextSecurityProfile === null ? [securityProfile] : [nextSecurityProfile, securityProfile];
    const profile = accepted.find((number) => this.fits(number, transport));
    if (profile === undefined) return { status: 403, reason: 'transport_below_profile', deviceId };
    const raisedTo = profile === securityProfile ? null : profile;
    if (transport.kind === 'mutual_tls') {
      const reason = this.certificateMismatch(deviceId, admission, transport);
      return reason === null ? { passwordHash: null, securityProfile: raisedTo } : { status: 403, reason, deviceId };
    }
    if (!WITH_PASSWORD.includes(profile)) return { passwordHash: null, securityProfile: raisedTo };
    const verdict = await this.checkPassword(deviceId, admission, knocking.authorization);
    if (verdict === 'busy') return { status: 503, reason: 'busy', deviceId, retryAfterS: spread(BUSY_RETRY_S) };
    if (verdict === 'wrong') return { status: 401, reason: 'credentials', deviceId };
    return { passwordHash: verdict === 'next' ? admission.nextPasswordHash : null, securityProfile: raisedTo };
  }

  private fits(profile: number, { kind }: Transport): boolean {
    if (profile === 0) return kind === 'plain' && this.options.allowProfile0;
    return kind === ({ 1: 'plain', 2: 'tls', 3: 'mutual_tls' } as Record<number, string>)[profile];
  }

  /** A certificate of another station is as valid as this one's, and no proof (ocpp.md §1.3). */
  private certificateMismatch(
    deviceId: DeviceId,
    { certificateCn }: DeviceAdmission,
    { commonName, organisation }: Extract<Transport, { kind: 'mutual_tls' }>,
  ): string | null {
    const { operator } = this.options;
    if (operator !== null && organisation !== operator) return 'certificate_organisation';
    return commonName === (certificateCn ?? deviceId) ? null : 'certificate_name';
  }

  private async checkPassword(
    deviceId: DeviceId,
    admission: DeviceAdmission,
    authorization: string | undefined,
  ): Promise<'current' | 'next' | 'wrong' | 'busy'> {
    const given = readBasicAuth(authorization);
    if (given?.user.equals(Buffer.from(deviceId)) !== true) return 'wrong';
    const { passwordHash, passwordUntil, nextPasswordHash } = admission;
    const outlived = passwordUntil !== null && Date.parse(passwordUntil) <= this.host.clock.epochMs();
    const valid = [
      ...(nextPasswordHash === null ? [] : [{ hash: nextPasswordHash, means: 'next' as const }]),
      ...(passwordHash === null || outlived ? [] : [{ hash: passwordHash, means: 'current' as const }]),
    ];
    for (const { hash, means } of valid) {
      const verdict = await this.host.passwords.check(deviceId, given.password, hash);
      if (verdict === 'right') return means;
      if (verdict === 'busy') return 'busy';
    }
    return 'wrong';
  }
}

/** Between half and all of it: those who were sent away together do not come back together. */
export const spread = (seconds: number): number => Math.ceil(seconds * (0.5 + Math.random() / 2));
