import type { protocolStatistics, ResultOf } from '@chargebus/api-contract';
import type { FrameStatistics, GetFrameStatistics, ReplyOf } from '@chargebus/requests';

type Counts = Pick<FrameStatistics, 'frames' | 'rejected' | 'rejectedBy'>;

const RATE_DECIMALS = 100_000;
const countsView = ({ frames, rejected, rejectedBy }: Counts) => ({
  frames,
  rejected,
  rejected_by_reason: rejectedBy,
  error_rate: frames === 0 ? 0 : Math.round((rejected / frames) * RATE_DECIMALS) / RATE_DECIMALS,
});

function sum(rows: readonly Counts[]): Counts {
  const rejectedBy: Record<string, number> = {};
  for (const row of rows)
    for (const [reason, frames] of Object.entries(row.rejectedBy))
      rejectedBy[reason] = (rejectedBy[reason] ?? 0) + frames;
  return {
    frames: rows.reduce((total, { frames }) => total + frames, 0),
    rejected: rows.reduce((total, { rejected }) => total + rejected, 0),
    rejectedBy,
  };
}

export const statisticsView = ({
  since,
  until,
  rows,
}: ReplyOf<typeof GetFrameStatistics>): ResultOf<typeof protocolStatistics> => ({
  since,
  until,
  totals: countsView(sum(rows)),
  items: rows.map((row) => ({
    protocol: row.protocol,
    model: row.model,
    firmware_version: row.firmwareVersion,
    devices: row.devices,
    ...countsView(row),
  })),
});
