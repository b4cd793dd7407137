import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { acked, rejected, unsupported } from './call';
import type { Link } from './call';
import { setVariables } from './variables';

const PASSWORD = 'SecurityCtrlr.BasicAuthPassword';

/** A security profile is raised by `network_profile.set`, the priority of its slot, and a restart. */
export function setCredentials(command: CommandOf<'credentials.set'>, link: Link): Turn | CommandOutcome {
  const { password, securityProfile } = command;
  if (securityProfile !== null) return unsupported('raised_by_network_profile');
  if (password === null) throw new RangeError('nothing to set');
  if (password.length < 16) throw new RangeError('a password has 16 to 40 characters');
  return setVariables(new Map([[PASSWORD, password]]), link, (results) => {
    const status = results.get(PASSWORD)?.status ?? 'no_result';
    return status === 'accepted' || status === 'reboot_required'
      ? acked({ rebootRequired: status === 'reboot_required' })
      : rejected(status);
  });
}
