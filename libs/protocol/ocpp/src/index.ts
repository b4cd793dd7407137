export { CODES_16, CODES_201 } from './rpc/defects';
export type { Defect, ErrorCodes } from './rpc/defects';
export { OcppConnection } from './connection/ocpp-connection';
export type { OcppFrame } from './connection/frame';
export type { OcppOptions } from './connection/options';
export { createOcpp16Driver, ocpp16Driver } from './v16/driver';
export type { Options16 } from './v16/options';
export { createOcpp201Driver, ocpp201Driver } from './v201/driver';
export type { Options201 } from './v201/options';
