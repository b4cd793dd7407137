/** What can be wrong with a message, in our words; each version has its own spelling for it. */
export type Defect =
  | 'framing' // no JSON, no array, no readable id
  | 'message_type' // an array, but none of the three kinds of message
  | 'unknown_action'
  | 'not_supported' // an action that exists and that is not for us
  | 'formation' // the payload is no object, or has a property that it must not have
  | 'occurrence' // a property is missing, a list is too short or too long
  | 'type'
  | 'property' // a value outside of what it may be
  | 'security' // not accepted yet, or not allowed
  | 'id_reused' // this id came before, with something else
  | 'internal' // our failure
  | 'other';

/** Null: such a message is ignored. */
export type ErrorCodes = Readonly<Record<Defect, string | null>>;

/** OCPP-J 1.6, with `Occurence` as it is spelt there. */
export const CODES_16 = {
  framing: 'FormationViolation', // no code of its own
  message_type: null,
  unknown_action: 'NotImplemented',
  not_supported: 'NotSupported',
  formation: 'FormationViolation',
  occurrence: 'OccurenceConstraintViolation',
  type: 'TypeConstraintViolation',
  property: 'PropertyConstraintViolation',
  security: 'SecurityError',
  id_reused: 'ProtocolError',
  internal: 'InternalError',
  other: 'GenericError',
} as const satisfies ErrorCodes;

/** OCPP 2.0.1 part 4. */
export const CODES_201 = {
  framing: 'RpcFrameworkError',
  message_type: 'MessageTypeNotSupported',
  unknown_action: 'NotImplemented',
  not_supported: 'NotSupported',
  formation: 'FormatViolation',
  occurrence: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  property: 'PropertyConstraintViolation',
  security: 'SecurityError',
  id_reused: 'RpcFrameworkError',
  internal: 'InternalError',
  other: 'GenericError',
} as const satisfies ErrorCodes;
