/** Runs the work under a name, or shares the next run under that name with the callers who wait for it. */
export type InCompany<Value> = (name: string, run: () => Promise<Value>) => Promise<Value>;

/**
 * A call during a run under the same name waits for the end of that run. Then the work runs once more for all calls
 * that came meanwhile. So each caller gets a run that began after its call, and hundreds of calls at once become two
 * runs. A run that fails, fails for all its callers.
 */
export const openCompany = <Value>(): InCompany<Value> => {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Value>>();
  const begin = (name: string, run: () => Promise<Value>): Promise<Value> => {
    const running = run();
    const ended = running.then(
      () => undefined,
      () => undefined,
    );
    underWay.set(name, ended);
    void ended.then(() => {
      if (underWay.get(name) === ended) underWay.delete(name);
    });
    return running;
  };
  return (name, run) => {
    const present = underWay.get(name);
    if (!present) return begin(name, run);
    const joined =
      next.get(name) ??
      present.then(() => {
        next.delete(name);
        return begin(name, run);
      });
    next.set(name, joined);
    return joined;
  };
};
