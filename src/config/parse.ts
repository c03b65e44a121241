/** What the text of a setting means, or which part of it is wrong: of a list, each wrong entry. */
export type ParsedSetting<Value> =
  | { readonly value: Value }
  | {
      readonly wrong: readonly string[];
      /** What is wrong with them, without what they hold: of a secret. */
      readonly why?: readonly string[];
    };

/** Small enough for a start, which waits for each of them: a library for this takes as long as all the rest of it. */
export type Parse<Value> = (text: string) => ParsedSetting<Value>;

/** The text itself, where it is one of those. */
export const textThat =
  (isRight: (text: string) => boolean): Parse<string> =>
  (text) =>
    isRight(text) ? { value: text } : { wrong: [text] };

/** Text that this pattern matches as a whole, in any casing. */
export const matching = (pattern: string): Parse<string> => {
  const whole = new RegExp(`^(?:${pattern})$`, 'i');
  return textThat((text) => whole.test(text));
};

export const oneOf = <const Values extends readonly string[]>(values: Values): Parse<Values[number]> => {
  const isOne = (text: string): text is Values[number] => values.includes(text);
  return (text) => (isOne(text) ? { value: text } : { wrong: [text] });
};

/** What is parsed, made into something else. */
export const parsedAs =
  <From, To>(parse: Parse<From>, make: (value: From) => To): Parse<To> =>
  (text) => {
    const parsed = parse(text);
    return 'wrong' in parsed ? parsed : { value: make(parsed.value) };
  };

/** Entries separated by commas. */
export const listOf =
  <Value>(parse: Parse<Value>): Parse<readonly Value[]> =>
  (text) => {
    const entries = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    const parsed = entries.map((entry) => ({ entry, ...parse(entry) }));
    const wrong = parsed.flatMap((one) => ('wrong' in one ? [one.entry] : []));
    return wrong.length > 0 ? { wrong } : { value: parsed.flatMap((one) => ('value' in one ? [one.value] : [])) };
  };

/** The same with one entry at least. */
export const someOf = <Value>(parse: Parse<Value>): Parse<readonly Value[]> => {
  const list = listOf(parse);
  return (text) => {
    const parsed = list(text);
    return 'value' in parsed && parsed.value.length === 0 ? { wrong: [text] } : parsed;
  };
};
