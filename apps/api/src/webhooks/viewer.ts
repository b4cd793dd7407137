import type { Caller } from '../auth/caller';

/** Whoever reaches a part of the devices sees the endpoints of its own. */
export const viewerOf = ({ tenantId, clientId, within }: Pick<Caller, 'tenantId' | 'clientId' | 'within'>) => ({
  tenantId,
  ownedBy: within === null ? null : clientId,
});

export const endpointRefOf = ({
  params,
  caller,
}: {
  readonly params: { readonly id: string };
  readonly caller: Caller;
}) => ({ ...viewerOf(caller), endpointId: params.id });
