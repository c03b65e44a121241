/**
 * Begins a read at once, so that it goes on beside others; what it read is had by calling. Where nobody asks for it in the end, its
 * failure is nobody's.
 */
export const begun = <Read>(read: () => Promise<Read>): (() => Promise<Read>) => {
  const reading = read();
  reading.catch(() => undefined);
  return () => reading;
};
