/** Makes a value on first use and keeps it. A failure is not kept: the next use tries again. */
export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

/** Makes a value on first use and keeps it, a failure as well: what several ask for within one look is asked once. */
export const lazily = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** As `once`, made anew when so many milliseconds have passed since it was asked for. */
export const onceIn = <T>(ms: number, make: () => Promise<T>): (() => Promise<T>) => {
  let kept: { readonly at: number; readonly made: () => Promise<T> } | undefined;
  return () => {
    if (!kept || Date.now() - kept.at >= ms) kept = { at: Date.now(), made: once(make) };
    return kept.made();
  };
};
