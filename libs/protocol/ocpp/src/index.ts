export { CODES_16, CODES_201 } from './rpc/defects';
export type { Defect, ErrorCodes } from './rpc/defects';
export { OcppConnection } from './connection/ocpp-connection';
export type { OcppFrame } from './connection/frame';
