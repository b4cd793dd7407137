/** What a fleet's gateways have in common; the defaults are those of the captured one. */
export interface BkvSettings {
  readonly sockets: number; // already in the gateway's list, numbered from 1
  readonly firstDeviceNo: number;
  readonly heartbeatIntervalS: number;
  readonly reportIntervalS: number; // of a running charge; Infinity: only when something changes
  readonly replyDelayMs: readonly [number, number];
  /** `group`: 1000/1017; `socket`: 0015/1C, as older firmware reports. */
  readonly statusReports: 'group' | 'socket';
  readonly firmware: string;
  /** Firmware is really fetched, and logs are really brought; otherwise both only take their time. */
  readonly transfersFiles: boolean;
}
