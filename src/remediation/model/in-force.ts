/** Whether something limited by `until` (ISO 8601) still holds. What cannot be read as a date holds for ever. */
export const inForce = (until: string | undefined, now: Date): boolean =>
  until === undefined || !(new Date(until) <= now);
