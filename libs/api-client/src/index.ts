export { ApiFailure, answer } from './answer';
export type { ApiAnswer } from './answer';
export { connect } from './connect';
export type { ChargebusClient, ClientOptions } from './connect';
export type { components as InternalComponents, operations as InternalOperations } from './generated/internal';
export type { components as ThirdComponents, operations as ThirdOperations } from './generated/third';
