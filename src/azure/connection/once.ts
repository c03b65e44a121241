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

/** As `once`, made anew when so many milliseconds have passed since it was asked for. `isKept`: whether it will do for the next one. */
export const onceIn = <T>(
  ms: number,
  make: () => Promise<T>,
  isKept = (_made: T): boolean => true,
): (() => Promise<T>) => {
  let kept: { readonly at: number; readonly made: () => Promise<T> } | undefined;
  return async () => {
    if (!kept || Date.now() - kept.at >= ms) kept = { at: Date.now(), made: once(make) };
    const asked = kept;
    const made = await asked.made();
    if (kept === asked && !isKept(made)) kept = undefined;
    return made;
  };
};
