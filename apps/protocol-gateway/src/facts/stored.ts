import type { ProtocolEvent } from '@chargebus/events';
import type { FactPublisher } from './fact-publisher';

/** Publishes facts; resolves once they are on the stream. */
export async function stored(
  publisher: Pick<FactPublisher, 'publish'>,
  part: number,
  facts: readonly ProtocolEvent[],
): Promise<void> {
  if (facts.length === 0) return;
  await new Promise<void>((resolve) => {
    publisher.publish(part, facts, { stored: resolve });
  });
}
