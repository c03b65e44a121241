/** Does this under a name, or has a part in who does the same after this call. */
export type InCompany<Value> = (name: string, run: () => Promise<Value>) => Promise<Value>;

/**
 * Who calls while the same is done under the same name waits for it, and then it is done once more for all who have come
 * meanwhile: each gets what began after it called, and hundreds at once are two. One that fails fails for those it was done for.
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
