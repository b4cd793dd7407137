import type { Token, TokenCallback } from '@chargebus/api-contract';
import type { TokenCallbackView, TokenView } from '@chargebus/requests';
import type { z } from 'zod';

export const tokenView = (token: TokenView): z.infer<typeof Token> => ({
  token: token.token,
  type: token.type,
  status: token.status,
  expiry: token.expiresAt,
  group: token.groupId,
  balance: token.balanceFen,
  created_at: token.createdAt,
  updated_at: token.updatedAt,
});

export const callbackView = (callback: z.infer<typeof TokenCallbackView>): z.infer<typeof TokenCallback> => ({
  url: callback.url,
  timeout_ms: callback.timeoutMs,
  fallback: callback.fallback,
  secret_hint: callback.secretHint,
  created_at: callback.createdAt,
  updated_at: callback.updatedAt,
});
