export type {
  Answer,
  Decoded,
  Exchange,
  ExchangeStep,
  ProtocolConnection,
  ProtocolDriver,
  ProtocolProfile,
  Question,
  QuestionReply,
  Reception,
} from './driver';
