/** Injection tokens of what has no class of its own. */
export const METRICS = Symbol('METRICS');
export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');
