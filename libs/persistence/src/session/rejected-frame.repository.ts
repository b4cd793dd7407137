import type { TenantId } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import type { Transaction } from '../database';

export type RejectedFrame = ProtocolEventOf<'frame.rejected'> & { readonly tenantId: TenantId };

/** Frames that were whole and could not be understood, kept raw for a person. A repeat is kept once. */
export class RejectedFrameRepository {
  async add(tx: Transaction, frames: readonly RejectedFrame[]): Promise<void> {
    if (frames.length === 0) return;
    await tx.query(
      `INSERT INTO session.rejected_frames (fact_id, tenant_id, device_id, received_at, reason, command, hex, is_settlement)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::boolean[])
       ON CONFLICT (fact_id) DO NOTHING`,
      [
        frames.map((frame) => frame.id),
        frames.map((frame) => frame.tenantId),
        frames.map((frame) => frame.deviceId),
        frames.map((frame) => frame.at),
        frames.map((frame) => frame.reason),
        frames.map((frame) => frame.command),
        frames.map((frame) => frame.hex),
        frames.map((frame) => frame.isSettlement),
      ],
    );
  }
}
