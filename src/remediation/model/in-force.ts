/** Whether something limited by `until` (ISO 8601) still holds. What cannot be read as a date holds for ever. */
export const inForce = (until: string | undefined, now: Date): boolean =>
  until === undefined || !(new Date(until) <= now);

/** When it ends, in ms since 1970; what has no end, or none that can be read, later than everything else. */
export const endOf = ({ until }: { readonly until?: string | undefined }): number => {
  const end = Date.parse(until ?? '');
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
};

/** When it ends by itself, to follow the words of who ordered it; nothing where it lasts until it is lifted. */
export const untilWords = ({ until }: { readonly until?: string | undefined }): string =>
  until === undefined ? '' : ` until ${until}`;
