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

/**
 * Makes a value on first use and keeps it, and keeps a failure as well: within one look, several callers cause only one
 * request.
 */
export const lazily = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/**
 * Like `once`, but the value is made anew after this many milliseconds. `isKept`: whether the value may serve the next
 * call.
 */
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
