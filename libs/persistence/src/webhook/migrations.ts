import type { MigrationInterface } from 'typeorm';
import { Webhooks1700000400000 } from './1700000400000-webhook-schema.migration';
import { TokenCallbacks1763720000500 } from './1763720000500-token-callbacks.migration';
import { DeliveryKeys1763720000600 } from './1763720000600-delivery-keys.migration';
import { EndpointChoices1763730000301 } from './1763730000301-endpoint-choices.migration';
import { EndpointRate1763730000310 } from './1763730000310-endpoint-rate.migration';
import { NoCoalescedIndex1763730000311 } from './1763730000311-no-coalesced-index.migration';
import { EndpointTerms1763730000320 } from './1763730000320-endpoint-terms.migration';
import { MakersOfEndpoints1763730000330 } from './1763730000330-makers-of-endpoints.migration';

/** Schema `webhook`, oldest first. */
export const webhookMigrations: readonly (new () => MigrationInterface)[] = [
  Webhooks1700000400000,
  TokenCallbacks1763720000500,
  DeliveryKeys1763720000600,
  EndpointChoices1763730000301,
  EndpointRate1763730000310,
  NoCoalescedIndex1763730000311,
  EndpointTerms1763730000320,
  MakersOfEndpoints1763730000330,
];
