import { toInstant } from '@chargebus/domain';
import type { DeviceId, TenantId } from '@chargebus/domain';
import { DeviceNotFound, DeviceOffline, SecurityProfileRefused } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { CertificateRepository, CredentialRepository, DeviceCredentials } from '@chargebus/persistence/session';
import type {
  Audience,
  ConfirmCredentials,
  CredentialsView,
  DeliverCredentials,
  GetCredentials,
  ReplyOf,
  RequestOf,
  SetCredentials,
} from '@chargebus/requests';
import { generateDevicePassword, hashDevicePassword } from '@chargebus/security';
import { announceAdmission } from './admission-news';
import type { DeviceFinder } from '../devices/device-finder';
import type { DirectOrders } from './direct-order';

export interface CredentialRules {
  readonly byDefault: DeviceCredentials;
  readonly overlapMs: number; // both passwords count for so long after the device took the newer one
}
interface Owned {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly credentials: DeviceCredentials;
}

const PASSWORD_PROFILES: readonly number[] = [1, 2];

/** What devices prove themselves with: set by an operator, or handed to a connected device by an order. */
export class CredentialService {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly certificates: CertificateRepository,
    private readonly finder: DeviceFinder,
    private readonly orders: DirectOrders,
    private readonly bus: Pick<Bus, 'nc'>,
    private readonly rules: CredentialRules,
    private readonly now: () => number,
  ) {}

  async get(request: RequestOf<typeof GetCredentials>): Promise<CredentialsView> {
    return this.view(await this.find(request, request.deviceId));
  }

  async set(request: RequestOf<typeof SetCredentials>): Promise<ReplyOf<typeof SetCredentials>> {
    const { tenantId, within, deviceId: idOrNumber, password: given, generatePassword, ...settings } = request;
    const { deviceId } = await this.find({ tenantId, within }, idOrNumber);
    const made = generatePassword ? generateDevicePassword() : null;
    const password = made ?? given;
    const hashed =
      password === undefined
        ? {}
        : { passwordHash: await hashDevicePassword(password, made === null ? 'chosen' : 'generated') };
    const profileByDefault = password === undefined ? this.rules.byDefault.securityProfile : 1;
    await this.credentials.set(tenantId, deviceId, { ...settings, ...hashed }, profileByDefault);
    const owned = await this.find(request, deviceId);
    this.announce(owned);
    return { ...(await this.view(owned)), password: made };
  }

  /**
   * Gives the device other credentials by an order. Until it has used them both count, because its answer may be lost;
   * what it refused, or what never left us, counts no more.
   */
  async deliver(request: RequestOf<typeof DeliverCredentials>): Promise<ReplyOf<typeof DeliverCredentials>> {
    const { tenantId, newPassword, securityProfile } = request;
    const owned = await this.find(request, request.deviceId);
    const { deviceId } = owned;
    if (securityProfile !== null) await this.checkRaise(owned, securityProfile, newPassword);
    await this.credentials.set(tenantId, deviceId, {}, owned.credentials.securityProfile); // there must be a row
    const password = newPassword ? generateDevicePassword() : null;
    const passwordHash = password === null ? null : await hashDevicePassword(password, 'generated');
    const change = { passwordHash, securityProfile };
    await this.credentials.propose(tenantId, deviceId, change);
    this.announce(owned);

    const { outcome, sent } = await this.orders.give(deviceId, { kind: 'credentials.set', password, securityProfile });
    if (outcome.status === 'acked')
      await this.credentials.accepted(tenantId, deviceId, change, this.now() + this.rules.overlapMs);
    else if (!sent || !['no_reply', 'offline'].includes(outcome.status))
      await this.credentials.withdraw(tenantId, deviceId, change);
    this.announce(owned);
    if (outcome.status === 'offline' && !sent) throw new DeviceOffline({ deviceId });
    return { credentials: await this.view(await this.find(request, deviceId)), outcome };
  }

  /** The gateway saw the device use what was new to it. */
  async confirm({ deviceId, ...used }: RequestOf<typeof ConfirmCredentials>): Promise<Record<string, never>> {
    if (await this.credentials.confirm(deviceId, used)) this.announce({ deviceId, credentials: { enabled: true } });
    return {};
  }

  /** It can only go up, and not before what it needs is there (ocpp.md §1.3). */
  private async checkRaise(
    { tenantId, deviceId, credentials }: Owned,
    to: number,
    newPassword: boolean,
  ): Promise<void> {
    const refuse = (reason: string): never => {
      throw new SecurityProfileRefused({ deviceId, profile: to, reason });
    };
    if (to <= credentials.securityProfile) refuse(`it is at profile ${credentials.securityProfile.toString()} already`);
    if (PASSWORD_PROFILES.includes(to) && credentials.passwordHash === null && !newPassword)
      refuse('it has no password');
    if (to === 3 && ((await this.certificates.validUntilMs(tenantId, deviceId, 'station')) ?? 0) <= this.now())
      refuse('it has no valid certificate of ours');
  }

  private async find(audience: Audience, idOrNumber: string): Promise<Owned> {
    const { tenantId } = audience;
    const deviceId = await this.finder.resolve(audience, idOrNumber);
    const known = (await this.credentials.findKnown([deviceId])).get(deviceId);
    if (known?.tenantId !== tenantId) throw new DeviceNotFound({ deviceId: idOrNumber });
    return { tenantId, deviceId, credentials: known.credentials ?? this.rules.byDefault };
  }

  private async view({ tenantId, deviceId, credentials }: Owned): Promise<CredentialsView> {
    const { nextPasswordHash, passwordHash, passwordUntilMs, subprotocols } = credentials;
    const certificateUntilMs = await this.certificates.validUntilMs(tenantId, deviceId, 'station');
    return {
      deviceId,
      enabled: credentials.enabled,
      subprotocols: subprotocols === null ? null : [...subprotocols],
      securityProfile: credentials.securityProfile,
      nextSecurityProfile: credentials.nextSecurityProfile,
      hasPassword: passwordHash !== null || nextPasswordHash !== null,
      passwordChange: nextPasswordHash === null ? 'none' : passwordUntilMs === null ? 'offered' : 'accepted',
      certificateCn: credentials.certificateCn,
      certificateUntil: certificateUntilMs === null ? null : toInstant(certificateUntilMs),
      answersPings: credentials.answersPings,
    };
  }

  /** So that gateways forget what they keep, and close the connection of a device that was switched off. */
  private announce({
    deviceId,
    credentials,
  }: {
    deviceId: DeviceId;
    credentials: { readonly enabled: boolean };
  }): void {
    announceAdmission(this.bus, deviceId, credentials.enabled);
  }
}
