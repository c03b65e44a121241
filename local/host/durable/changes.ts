/** Lets callers wait until a condition on a changing state holds. */
export type Changes = {
  /** Must be called after every change. */
  notify(): void;
  /** Resolves when the condition holds or the time is over. */
  until(condition: () => boolean, timeoutMs?: number): Promise<void>;
};

export function createChanges(): Changes {
  const watchers = new Set<() => void>();
  return {
    notify: () => {
      for (const watcher of [...watchers]) watcher();
    },
    until: (condition, timeoutMs) =>
      new Promise((resolve) => {
        const done = (): void => {
          watchers.delete(watcher);
          clearTimeout(timer);
          resolve();
        };
        const watcher = (): void => {
          if (condition()) done();
        };
        const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
        watchers.add(watcher);
        watcher();
      }),
  };
}
