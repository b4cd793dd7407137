import { toInstant } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import type {
  CredentialRepository,
  DeviceCredentials,
  KnownDevice,
  QuarantineRepository,
} from '@chargebus/persistence/session';
import type { AdmitDevices, DeviceAdmission, ReplyOf, RequestOf } from '@chargebus/requests';

type Knock = RequestOf<typeof AdmitDevices>['knocks'][number];

const MAX_PROTOCOL_CHARS = 20;

/** Who may come in at the WebSocket door. The gateway keeps the answers; changes are announced to it. */
export class AdmissionService {
  constructor(
    private readonly credentials: Pick<CredentialRepository, 'findKnown'>,
    private readonly quarantine: Pick<QuarantineRepository, 'keep'>,
    private readonly adoptInto: TenantId | null,
    private readonly byDefault: DeviceCredentials,
    private readonly now: () => number,
  ) {}

  /** Devices that nobody owns are shown to operators; in development they come in and are adopted by what they say. */
  async admit({ knocks }: RequestOf<typeof AdmitDevices>): Promise<ReplyOf<typeof AdmitDevices>> {
    const known = await this.credentials.findKnown(knocks.map(({ deviceId }) => deviceId));
    const strangers = knocks.filter(({ deviceId }) => !known.has(deviceId));
    if (this.adoptInto === null && strangers.length > 0) await this.show(strangers);
    return {
      admissions: knocks.map(({ deviceId }) => {
        const device = known.get(deviceId);
        if (device === undefined)
          return this.adoptInto === null
            ? null
            : toAdmission(this.byDefault, { accepted: false, heartbeatIntervalS: null });
        return toAdmission(device.credentials ?? this.byDefault, device);
      }),
    };
  }

  private async show(strangers: readonly Knock[]): Promise<void> {
    const once = new Map(strangers.map((knock) => [knock.deviceId, knock]));
    const lastSeenAtMs = this.now();
    await this.quarantine.keep(
      [...once.values()].map(({ deviceId, remoteAddress, subprotocols: [protocol] }) => ({
        deviceId,
        protocol: protocol?.slice(0, MAX_PROTOCOL_CHARS) ?? null,
        remoteAddress,
        reason: 'unregistered',
        lastSeenAtMs,
        facts: [],
      })),
    );
  }
}

const toAdmission = (
  { passwordUntilMs, subprotocols, ...credentials }: DeviceCredentials,
  { accepted, heartbeatIntervalS }: Pick<KnownDevice, 'accepted' | 'heartbeatIntervalS'>,
): DeviceAdmission => ({
  ...credentials,
  accepted,
  heartbeatIntervalS,
  subprotocols: subprotocols === null ? null : [...subprotocols],
  passwordUntil: passwordUntilMs === null ? null : toInstant(passwordUntilMs),
});
