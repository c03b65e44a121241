/** One request that the cloud served. `at` is virtual, `ms` real. `status` is 0 when no answer was sent. */
export type LoggedRequest = {
  n: number;
  at: string;
  ms: number;
  /** From when until when the switch `answerWallMilliseconds` kept the answer, by `performance.now()`; left out where it did not. */
  kept?: { from: number; until: number };
  method: string;
  /** `https://host/path?query` */
  url: string;
  /** The route's name, `PUT /subscriptions/{subscription}/…`, or `not simulated`. */
  route: string;
  status: number;
  /** The caller's name and object id, when a token was verified. */
  caller?: string;
  objectId?: string;
  mutating: boolean;
  correlationId: string;
  requestId: string;
  /** The kind of the injected fault, if one hit. */
  fault?: string;
};

export type RequestFilter = { since?: number; caller?: string; mutating?: boolean };

export type RequestLog = {
  add(entry: Omit<LoggedRequest, 'n'>): void;
  /** `since` excludes entries up to that number; `caller` is a name or an object id. */
  list(filter?: RequestFilter): LoggedRequest[];
  clear(): void;
};

export const createRequestLog = (): RequestLog => {
  let entries: LoggedRequest[] = [];
  let last = 0;
  const wanted =
    ({ since = 0, caller, mutating }: RequestFilter) =>
    (entry: LoggedRequest): boolean =>
      entry.n > since &&
      (caller === undefined || [entry.caller, entry.objectId].includes(caller)) &&
      (mutating === undefined || entry.mutating === mutating);
  return {
    add: (entry) => {
      last += 1;
      entries.push({ n: last, ...entry });
    },
    list: (filter = {}) => entries.filter(wanted(filter)),
    clear: () => {
      entries = [];
    },
  };
};
