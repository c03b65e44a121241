/** The browser keeps only these preferences, never the person or any content. */
type Taste = 'language' | 'theme';

const nameOf = (taste: Taste): string => `cmk-guardian.${taste}`;

/** The earlier choice; `undefined` where there was none, or where the browser keeps nothing. */
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
    // A browser that keeps nothing asks for the preference again.
  }
};
