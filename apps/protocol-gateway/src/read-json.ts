import type { Msg } from '@nats-io/nats-core';

/** The message's body, to be checked by a schema; null when it is no JSON: a stranger's message stops nothing. */
export function readJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return null;
  }
}
