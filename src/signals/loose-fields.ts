/** The members of an object by their names in lower case and without blanks; empty for a value that is no object. */
export const looseFields = (value: unknown): ReadonlyMap<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).map(([name, member]) => [name.trim().toLowerCase(), member]));
};

/** The first of these members that is a text, without blanks around it. An empty text counts as missing. */
export const looseText = (fields: ReadonlyMap<string, unknown>, ...names: readonly string[]): string | undefined =>
  names
    .map((name) => fields.get(name))
    .flatMap((value) => (typeof value === 'string' ? [value.trim()] : []))
    .find((text) => text !== '');
