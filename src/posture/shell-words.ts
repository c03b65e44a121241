type State = { readonly words: string[]; current: string | undefined };

const QUOTED = /'([^']*)'|"((?:[^"\\`$]|\\.)*)"|\\(.)/y;
const BREAK = /\s+|[|;&]+/y;

/**
 * The words of a command line as a POSIX shell reads them. `undefined` where a quote does not end, or where the line
 * holds a variable, a substitution or a redirection, which no command of the product needs.
 */
export const shellWords = (line: string): readonly string[] | undefined => {
  const state: State = { words: [], current: undefined };
  const end = (): void => {
    if (state.current !== undefined) state.words.push(state.current);
    state.current = undefined;
  };
  for (let at = 0; at < line.length; ) {
    QUOTED.lastIndex = at;
    BREAK.lastIndex = at;
    const quoted = QUOTED.exec(line);
    const broken = quoted ? null : BREAK.exec(line);
    if (quoted) state.current = (state.current ?? '') + (quoted[1] ?? quoted[2] ?? quoted[3] ?? '');
    else if (broken) end();
    else if (/['"$`<>(){}*?[\]#!~]/.test(line[at] ?? '')) return undefined;
    else state.current = (state.current ?? '') + line[at];
    at += (quoted ?? broken)?.[0].length ?? 1;
  }
  end();
  return state.words;
};
