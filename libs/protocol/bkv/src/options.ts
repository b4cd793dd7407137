/** What differs between installations and models; the defaults are the page's decisions. */
export interface BkvOptions {
  /** Devices know local wall-clock time only. Minutes east of UTC. */
  readonly utcOffsetMin: number;
  /** Outer command of a start by power tiers: the one real frame has 0005, its annotation 0015. */
  readonly powerTierOuterCommand: '0005' | '0015';
  /** How a card is refused: the guide has no refusal. */
  readonly cardDenyMode: 'frame' | 'silent';
  /** Limits of an order that a card started: the platform knows the card, not how long it may charge. */
  readonly cardDurationMin: number; // 1…900
  readonly cardEnergyWh: number; // 1…65535
  /** Sockets in one list, the others are added one by one; lists above 4 were never seen. */
  readonly networkRefreshMaxNodes: number; // 1…250
  /** How a socket is taken off the list: the deletion is named in the guide, not shown. */
  readonly networkRemoveMode: 'delete' | 'refresh';
}

export const DEFAULT_OPTIONS: BkvOptions = {
  utcOffsetMin: 480,
  powerTierOuterCommand: '0005',
  cardDenyMode: 'frame',
  cardDurationMin: 720,
  cardEnergyWh: 20_000,
  networkRefreshMaxNodes: 250,
  networkRemoveMode: 'delete',
};
