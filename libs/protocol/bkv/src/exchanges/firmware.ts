import { partsOfLocation, toInstant } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Link } from './link';
import { acked, request, unsupported } from './request-exchange';
import type { Request } from './request-exchange';

const GATEWAY = 1;

/**
 * The gateway fetches its firmware by FTP. No answer is documented, so silence is acceptance, too; that the new version
 * runs is seen in a later heartbeat, often on another connection, so `session` watches for it.
 */
export function firmwareUpdate(command: CommandOf<'firmware.update'>, { deviceId }: Link): Request | CommandOutcome {
  const { target, source } = command;
  if (target !== 'self' && target !== 'host' && target !== 'device') return unsupported('only_the_gateway_upgrades');
  if (source === undefined) throw new RangeError('the gateway fetches its firmware: say where');
  const { host, port, path } = partsOfLocation(source.location);
  const download = { host, port, fileName: path.slice(1) };
  const tells = (moment: 'start' | 'done', nowMs: number): readonly ProtocolEvent[] => {
    const at = toInstant(nowMs);
    const phase = moment === 'start' ? 'requested' : 'verifying';
    return [
      {
        type: 'firmware.progress',
        id: `${deviceId}:0007:${phase}:${at}`,
        deviceId,
        at,
        phase,
        packet: null,
        totalPackets: null,
        reason: null,
        attributes: { command: '0007', ...download },
      },
    ];
  };
  return request(
    '0007',
    { target: GATEWAY, ...download },
    {
      judge: (frame, isReply) => (isReply ? acked({ evidence: 'reply', payload: frame.fields.payload }) : null),
      onSilence: () => acked({ evidence: 'sent' }),
      resends: 0,
      tells,
    },
  );
}
