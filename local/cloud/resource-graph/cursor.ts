import { QueryError } from './query-error.ts';

export type Token = { kind: 'name' | 'text' | 'number' | 'sign'; text: string };

const PATTERN = new RegExp(
  [
    String.raw`(?<space>\s+|\/\/[^\n]*)`,
    String.raw`(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<sign>!?in~|!(?:in|contains|startswith|endswith|has)\b|=~|!~|==|!=|<>|<=|>=|[<>=(),.[\]|])`,
    String.raw`(?<name>(?:mv-expand|project-away|[A-Za-z_$][\w$]*))`,
  ].join('|'),
  'y',
);

/** The tokens of a query; comments are dropped. */
const tokensOf = (query: string): Token[] => {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < query.length) {
    const at = PATTERN.lastIndex;
    const groups = PATTERN.exec(query)?.groups;
    if (!groups) throw new QueryError('invalid', `there is something unexpected at '${query.slice(at, at + 20)}'`);
    const { text, number, sign, name } = groups;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(.)/g, '$1') });
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
  }
  return tokens;
};

/** A position in a query that moves on as tokens are read. */
export type Cursor = {
  peek(): Token | undefined;
  next(): Token;
  /** Moves on if the next token is this sign or word. */
  take(text: string): boolean;
  expect(text: string): void;
  name(): string;
};

export const createCursor = (query: string): Cursor => {
  const tokens = tokensOf(query);
  let at = 0;
  const peek = () => tokens[at];
  const next = (): Token => {
    const token = tokens[at++];
    if (!token) throw new QueryError('invalid', 'it ends too early');
    return token;
  };
  const take = (text: string) => {
    const token = peek();
    const isIt = token !== undefined && token.kind !== 'text' && token.text === text;
    if (isIt) at += 1;
    return isIt;
  };
  return {
    peek,
    next,
    take,
    expect: (text) => {
      if (!take(text)) throw new QueryError('invalid', `'${text}' is expected before '${peek()?.text ?? 'the end'}'`);
    },
    name: () => {
      const { kind, text } = next();
      if (kind !== 'name') throw new QueryError('invalid', `a name is expected, not '${text}'`);
      return text;
    },
  };
};
