import type { AttributeName, Condition, Operator } from './assignment-condition.ts';

/** The reason why this cloud does not accept a text as a condition. */
export class ConditionError extends Error {}

const LONGEST = 8_192;
const DEEPEST = 32;

const SPACE = /\s+/y;
const TOKEN = /@\w+\[[\w./]+:\w+\]|'[^']*'|[\w:-]+|&&|\|\||[(){},!]/y;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const GUID_OPERATORS: readonly Operator[] = [
  'GuidEquals',
  'GuidNotEquals',
  'ForAnyOfAnyValues:GuidEquals',
  'ForAnyOfAllValues:GuidNotEquals',
];

/** The operators that each attribute takes. */
const OPERATORS: Readonly<Record<AttributeName, readonly Operator[]>> = {
  RoleDefinitionId: GUID_OPERATORS,
  PrincipalId: GUID_OPERATORS,
  PrincipalType: [
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'ForAnyOfAnyValues:StringEqualsIgnoreCase',
    'ForAnyOfAllValues:StringNotEqualsIgnoreCase',
  ],
};

const tokensOf = (text: string): readonly string[] => {
  if (text.length > LONGEST) throw new ConditionError(`it is longer than ${LONGEST} characters`);
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const pattern = /\s/.test(text.charAt(at)) ? SPACE : TOKEN;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw new ConditionError(`nothing begins with ${text.slice(at, at + 20)}`);
    if (pattern === TOKEN) tokens.push(found);
    at += found.length;
  }
  return tokens;
};

/** Reads tokens from the left; a missing token is an error that names the expected one. */
const reader = (tokens: readonly string[]) => {
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const take = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new ConditionError('it ends too early');
    return token;
  };
  const expect = (token: string): void => {
    const found = take();
    if (found !== token) throw new ConditionError(`${token} is expected, not ${found}`);
  };
  return { peek, take, expect };
};

type Reader = ReturnType<typeof reader>;

const JOINS: Readonly<Record<string, 'and' | 'or'>> = { AND: 'and', '&&': 'and', OR: 'or', '||': 'or' };

/** A quoted text, without its quotes. */
const quoted = (token: string): string => {
  const text = /^'([^']*)'$/.exec(token)?.[1];
  if (text === undefined) throw new ConditionError(`a text in quotes is expected, not ${token}`);
  return text;
};

const actionMatch = (from: Reader): Condition => {
  from.expect('{');
  const pattern = quoted(from.take());
  from.expect('}');
  if (!/^[\w.]+(\/[\w*.]+)+$/.test(pattern)) throw new ConditionError(`'${pattern}' is no action`);
  return { kind: 'action', pattern };
};

/** A GUID stands bare, any other text in quotes. */
const valueFrom = (token: string, attribute: AttributeName): string => {
  if (attribute === 'PrincipalType') return quoted(token);
  if (!GUID.test(token)) throw new ConditionError(`${token} is no GUID`);
  return token;
};

const valuesFrom = (from: Reader, attribute: AttributeName): readonly string[] => {
  const values: string[] = [];
  from.expect('{');
  for (;;) {
    values.push(valueFrom(from.take(), attribute));
    const next = from.take();
    if (next === '}') return values;
    if (next !== ',') throw new ConditionError(`a comma is expected, not ${next}`);
  }
};

const ATTRIBUTE = /^@(Request|Resource)\[Microsoft\.Authorization\/roleAssignments:(\w+)\]$/;

const comparison = (token: string, from: Reader): Condition => {
  const [, source, attribute = ''] = ATTRIBUTE.exec(token) ?? [];
  if (source === undefined || !Object.hasOwn(OPERATORS, attribute))
    throw new ConditionError(`${token} is no attribute of a role assignment`);
  const named = attribute as AttributeName;
  const operator = from.take();
  const known = OPERATORS[named].find((one) => one === operator);
  if (known === undefined) throw new ConditionError(`${operator} does not go with ${named}`);
  const takesMany = known.includes(':');
  const values = takesMany ? valuesFrom(from, named) : [valueFrom(from.take(), named)];
  return { kind: 'compare', source: source as 'Request' | 'Resource', attribute: named, operator: known, values };
};

const single = (from: Reader, depth: number): Condition => {
  if (depth > DEEPEST) throw new ConditionError(`it is nested deeper than ${DEEPEST}`);
  const token = from.take();
  if (token === '!' || token === 'NOT') return { kind: 'not', of: single(from, depth + 1) };
  if (token === 'ActionMatches') return actionMatch(from);
  if (token.startsWith('@')) return comparison(token, from);
  if (token !== '(') throw new ConditionError(`${token} begins no expression`);
  const inner = joined(from, depth + 1);
  from.expect(')');
  return inner;
};

/** Where AND and OR join at one level, parentheses must say which comes first (Learn, "Grouping and precedence"). */
const joined = (from: Reader, depth: number): Condition => {
  const parts = [single(from, depth)];
  let by: 'and' | 'or' | undefined;
  for (let next = JOINS[from.peek() ?? '']; next !== undefined; next = JOINS[from.peek() ?? '']) {
    if (by !== undefined && by !== next) throw new ConditionError('AND and OR stand side by side without parentheses');
    by = next;
    from.take();
    parts.push(single(from, depth));
  }
  const [only] = parts;
  if (by === undefined && only !== undefined) return only;
  // Parentheses around parts that are joined by the same operator change nothing.
  return { kind: by ?? 'and', of: parts.flatMap((one) => (one.kind === by ? one.of : [one])) };
};

/**
 * The grammar of conditions on role assignments (Learn, "Azure role assignment condition format and syntax") as far as they
 * concern role assignments. A text outside this grammar throws a `ConditionError`: no part of a condition is ever ignored.
 */
export const parseCondition = (text: string): Condition => {
  const from = reader(tokensOf(text));
  const condition = joined(from, 0);
  const rest = from.peek();
  if (rest !== undefined) throw new ConditionError(`nothing may follow where ${rest} does`);
  return condition;
};
