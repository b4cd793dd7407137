import { toInstant } from '@chargebus/domain';
import { SystemAlarm } from '@chargebus/events';
import type { CertificateRepository } from '@chargebus/persistence/session';
import type { Engine } from '../engine/engine';

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Tells operators of certificates that end soon and that no newer one replaces: each once, because the same certificate is the same event. */
export class ExpiryWatch {
  constructor(
    private readonly certificates: Pick<CertificateRepository, 'findExpiring' | 'markWarned'>,
    private readonly engine: Pick<Engine, 'run'>,
    private readonly daysAhead: number,
    private readonly now: () => number,
  ) {}

  async look(): Promise<void> {
    const nowMs = this.now();
    for (;;) {
      const expiring = await this.certificates.findExpiring(nowMs + this.daysAhead * DAY_MS, BATCH);
      await this.engine.run(
        expiring.map(({ deviceId, expiresAtMs, serialNumber, use }) => ({
          deviceId,
          causeId: `certificate:${serialNumber}`,
          decide: (work) => {
            work.emit(SystemAlarm, `certificate:${serialNumber}`, nowMs, {
              alarmType: 'device_certificate_expires',
              severity: 'warning',
              message: `the certificate of device ${deviceId} expires at ${toInstant(expiresAtMs)}`,
              details: { use, serial_number: serialNumber, expires_at: toInstant(expiresAtMs) },
            });
          },
        })),
      );
      await this.certificates.markWarned(
        expiring.map(({ serialNumber }) => serialNumber),
        nowMs,
      );
      if (expiring.length < BATCH) return;
    }
  }
}
