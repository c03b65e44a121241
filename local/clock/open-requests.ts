export type OpenRequests = {
  /** Enters a running request; `what` names it for people. Returns its id. */
  begin(request: object, what: string): string;
  end(request: object): void;
  ids(): string[];
  /** How many requests have ended since the clock began. */
  ended(): number;
};

/** Requests that this process has sent and that are not over, each with an id that is unique on the clock. */
export function createOpenRequests(changed: () => void): OpenRequests {
  const open = new Map<object, string>();
  let begun = 0;
  let ended = 0;
  return {
    begin: (request, what) => {
      const id = `${process.pid}.${begun++} ${what}`;
      open.set(request, id);
      changed();
      return id;
    },
    end: (request) => {
      if (!open.delete(request)) return;
      ended++;
      changed();
    },
    ids: () => [...open.values()],
    ended: () => ended,
  };
}
