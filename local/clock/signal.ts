export type Signal = { raise(): void; next(): Promise<void> };

/** Lets one loop sleep until another part reports a change. */
export function createSignal(): Signal {
  let wake = (): void => undefined;
  return {
    raise: () => wake(),
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
