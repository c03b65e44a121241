export type OpenRequests = {
  /** Enters a running request; `what` names it for people. Returns its id. */
  begin(request: object, what: string): string;
  end(request: object): void;
  ids(): string[];
  /** Each id with what its request is. */
  inWords(): string[];
  /** How many requests have ended since the clock began. */
  ended(): number;
};

/**
 * Requests that this process has sent and that are not over, each with an id that is unique on the clock. The id is short, because every
 * report has all of them.
 */
export function createOpenRequests(changed: () => void): OpenRequests {
  const open = new Map<object, { id: string; what: string }>();
  let begun = 0;
  let ended = 0;
  return {
    begin: (request, what) => {
      const id = `${process.pid}.${begun++}`;
      open.set(request, { id, what });
      changed();
      return id;
    },
    end: (request) => {
      if (!open.delete(request)) return;
      ended++;
      changed();
    },
    ids: () => Array.from(open.values(), ({ id }) => id),
    inWords: () => Array.from(open.values(), ({ id, what }) => `${id} ${what}`),
    ended: () => ended,
  };
}
