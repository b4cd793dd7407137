import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import { acked, rejected } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import { call } from './call';
import type { Link } from './call';
import { setNetworkProfile } from './model';
import { setVariables, getVariables } from './variables';

const PASSWORD = 'SecurityCtrlr.BasicAuthPassword';
const PRIORITY = 'OCPPCommCtrlr.NetworkConfigurationPriority';
const MESSAGE_TIMEOUT_S = 30;

/** A password, then a higher security profile: a network profile in a slot that is not in use, put first, and a restart. */
export function setCredentials(command: CommandOf<'credentials.set'>, link: Link): Turn | CommandOutcome {
  const { password, securityProfile } = command;
  const raise = (rebootRequired: boolean): Turn =>
    securityProfile === null ? acked({ rebootRequired }) : raiseProfile(securityProfile, link);
  if (securityProfile !== null && urlOf(securityProfile, link) === undefined)
    return { status: 'unsupported', reason: 'no_url_for_profile' };
  if (password === null) {
    if (securityProfile === null) throw new RangeError('nothing to set');
    return raise(false);
  }
  if (password.length < 16) throw new RangeError('a password has 16 to 40 characters');
  return setVariables(new Map([[PASSWORD, password]]), link, (results) => {
    const status = results.get(PASSWORD)?.status ?? 'no_result';
    return status === 'accepted' || status === 'reboot_required'
      ? raise(status === 'reboot_required')
      : rejected(status);
  });
}

const urlOf = (profile: number, { options }: Link): string | undefined => options.urls[String(profile)];

/** Page §1.3. The old profile stays behind the new one, for a station that cannot reach us with it. */
function raiseProfile(securityProfile: number, link: Link): Turn {
  return getVariables([PRIORITY], link, (found) => {
    const slots = (found.get(PRIORITY)?.value ?? '')
      .split(',')
      .flatMap((slot) => (slot.trim() === '' ? [] : [Number(slot)]));
    const slot = freeSlot(slots);
    const profile = {
      slot,
      url: urlOf(securityProfile, link) ?? '',
      securityProfile,
      messageTimeoutS: MESSAGE_TIMEOUT_S,
    };
    return setNetworkProfile({ kind: 'network_profile.set', interface: 'wired', ...profile }, () =>
      setVariables(new Map([[PRIORITY, [slot, ...slots].join(',')]]), link, (results) => {
        const status = results.get(PRIORITY)?.status ?? 'no_result';
        if (status !== 'accepted' && status !== 'reboot_required') return rejected(status);
        return call(
          'Reset',
          { type: 'OnIdle' },
          { judge: (answer) => acked({ slot, rebootRequired: answer.status === 'Rejected' }) },
        );
      }),
    );
  });
}
function freeSlot(used: readonly number[]): number {
  let slot = 1;
  while (used.includes(slot)) slot++;
  return slot;
}
