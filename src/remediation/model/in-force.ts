/** Whether an override limited by `until` (ISO 8601) still holds. An override whose `until` is no date holds for ever. */
export const inForce = (until: string | undefined, now: Date): boolean =>
  until === undefined || !(new Date(until) <= now);

/** When an override ends, in ms since 1970. An override without an end, or with an end that is no date, sorts after all others. */
export const endOf = ({ until }: { readonly until?: string | undefined }): number => {
  const end = Date.parse(until ?? '');
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
};

/**
 * The end of an override, to be put behind the words of the person who made it; empty where the override lasts until it is lifted.
 */
export const untilWords = ({ until }: { readonly until?: string | undefined }): string =>
  until === undefined ? '' : ` until ${until}`;
