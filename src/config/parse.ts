/** The value of a setting's text, or the faulty part of the text; for a list, each faulty entry. */
export type ParsedSetting<Value> =
  | { readonly value: Value }
  | {
      readonly wrong: readonly string[];
      /** For a secret: what is wrong with these parts, without their values. */
      readonly why?: readonly string[];
    };

/**
 * These parsers are small, because every start waits for them: a library for this would take as long as the rest of the
 * start.
 */
export type Parse<Value> = (text: string) => ParsedSetting<Value>;

/** The text itself, if it satisfies the condition. */
export const textThat =
  (isRight: (text: string) => boolean): Parse<string> =>
  (text) =>
    isRight(text) ? { value: text } : { wrong: [text] };

/** Text that matches this pattern as a whole, in any case. */
export const matching = (pattern: string): Parse<string> => {
  const whole = new RegExp(`^(?:${pattern})$`, 'i');
  return textThat((text) => whole.test(text));
};

export const oneOf = <const Values extends readonly string[]>(values: Values): Parse<Values[number]> => {
  const isOne = (text: string): text is Values[number] => values.includes(text);
  return (text) => (isOne(text) ? { value: text } : { wrong: [text] });
};

/** Converts a parsed value. */
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

/** Like `listOf`, with one entry at least. */
export const someOf = <Value>(parse: Parse<Value>): Parse<readonly Value[]> => {
  const list = listOf(parse);
  return (text) => {
    const parsed = list(text);
    return 'value' in parsed && parsed.value.length === 0 ? { wrong: [text] } : parsed;
  };
};
