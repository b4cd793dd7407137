import type { MessageDriver } from '@chargebus/protocol-core';

export const offeredSubprotocols = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * The first that the station offers, we speak and the registry allows (ocpp.md §1.4). Null: there is none, and the version
 * is not guessed.
 */
export function chooseDriver(
  offered: readonly string[],
  drivers: readonly MessageDriver[],
  allowed: readonly string[] | null, // null: all
): MessageDriver | null {
  for (const name of offered) {
    if (allowed !== null && !allowed.includes(name)) continue;
    const driver = drivers.find(({ subprotocol }) => subprotocol === name);
    if (driver !== undefined) return driver;
  }
  return null;
}
