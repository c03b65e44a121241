import type * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

const { localeError: english } = en();

const WANTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** The most faults that are named, and the most names in one fault: the sender decides how many there are. */
const NAMED = 20;
const LONGEST_NAME = 100;
/** The longest text of one fault: a list of allowed values can be long, and must not end in the middle. */
const LONGEST = 2_000;

const counted = (
  least: string,
  { origin }: { readonly origin: string },
  count: number | bigint,
): string | undefined => {
  if (origin !== 'string' && origin !== 'array') return undefined;
  const [one, many] = origin === 'string' ? ['character', 'characters'] : ['entry', 'entries'];
  return `write ${least} ${count} ${Number(count) === 1 ? one : many}`;
};

/**
 * The fault of one value in words for its sender; all other faults get the words of zod, which the small edition of zod lacks.
 */
export const words: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'it is missing' : `write ${WANTED[issue.expected] ?? issue.expected}`;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.slice(0, NAMED).map((name) => `"${name.slice(0, LONGEST_NAME)}"`);
    return `there is no ${names.join(', ')}`;
  }
  if (issue.code === 'too_small') return counted('at least', issue, issue.minimum) ?? english(issue);
  if (issue.code === 'too_big') return counted('at most', issue, issue.maximum) ?? english(issue);
  return english(issue);
};

const inWords = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${path.join('.').slice(0, LONGEST_NAME) || 'body'}: ${message}`.slice(0, LONGEST);

/** All faults of a value that does not fit a schema, in one text. */
export const faultsOf = ({ issues }: z.core.$ZodError): string => issues.slice(0, NAMED).map(inWords).join('; ');
