/** Tastes alone are kept in the browser, never who somebody is or what they have seen. */
type Taste = 'language' | 'theme';

const nameOf = (taste: Taste): string => `cmk-guardian.${taste}`;

/** What was chosen before; `undefined` where nothing was, or a browser keeps nothing. */
export const kept = <const Value extends string>(taste: Taste, values: readonly Value[]): Value | undefined => {
  try {
    const found = localStorage.getItem(nameOf(taste));
    return values.find((value) => value === found);
  } catch {
    return undefined;
  }
};

export const keep = (taste: Taste, value: string): void => {
  try {
    localStorage.setItem(nameOf(taste), value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
};
