/** What every tenant keeps for a number of days of its own, and for how many unless anybody says otherwise. */
export const RETENTION_DAYS = {
  samples: 400, // as they were measured
  sessions: 1_825, // with their hourly values
  logs: 730, // alarms, and faults that are over
  commands: 180, // orders that are finished, with their attempts
  requests: 30, // calls of the API
  deliveries: 30, // of webhooks, once they are over
  deviceLogs: 90, // files that devices brought on demand
  archives: 36_500, // of what has left, from the end of what is in them
} as const;
export type Retained = keyof typeof RETENTION_DAYS;
export type RetentionDays = Readonly<Record<Retained, number>>;
export const RETAINED = Object.keys(RETENTION_DAYS) as [Retained, ...Retained[]];
