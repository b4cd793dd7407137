import type { ProtocolEvent } from '@chargebus/events';
import { factId, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import type { StationRequest, StationResponse } from '../messages';
import { idTokenInfoOf } from '../tables/authorisation';
import { tokenTypeOf } from '../tables/token-types';
import { isFree, isOrderToken } from './tokens';

/** May this token charge? The same question, sent again, has the same message id and gets the same answer. */
export const meansAuthorize: Meaning<'Authorize'> = (request, incoming) => {
  const { idToken } = request;
  const { deviceId, at, options } = incoming;
  const causeId = factId(incoming);
  const tokenType = tokenTypeOf(idToken);
  const contract = contractStatus(request);
  if (isFree(idToken)) return { facts: [], reply: now({ idTokenInfo: { status: 'Accepted' }, ...contract }) };
  const named = { deviceId, cardId: idToken.idToken, cardNumber: idToken.idToken, portNo: null };
  const swiped: ProtocolEvent = { type: 'card.swiped', id: causeId, at, ...named, attributes: { tokenType } };
  return {
    facts: isOrderToken(idToken) ? [] : [swiped],
    reply: {
      when: 'asked',
      deadlineMs: options.decisionDeadlineMs,
      question: { kind: 'card.authorise', causeId, tokenType, ...named },
      payload: (reply) => ({ idTokenInfo: idTokenInfoOf(reply, options.undecidedToken), ...contract }),
    },
  };
};

/** Contract certificates of ISO 15118 are not checked here, and the station must be told so. */
const contractStatus = ({
  certificate,
  iso15118CertificateHashData,
}: StationRequest<'Authorize'>): Pick<StationResponse<'Authorize'>, 'certificateStatus'> =>
  certificate === undefined && iso15118CertificateHashData === undefined
    ? {}
    : { certificateStatus: 'NoCertificateAvailable' };
