/** Converts a line of curl in the documents to a request, without a shell. */
import { shellWords } from '../../src/posture/shell-words.ts';

export type CurlRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** @throws Error for options of curl that the documents do not use */
export const curlRequest = (line: string): CurlRequest => {
  const [program, ...words] = shellWords(line) ?? [];
  if (program !== 'curl') throw new Error(`That is no line of curl: ${line}`);
  let method = 'GET';
  let body: string | undefined;
  const headers: Record<string, string> = {};
  const urls: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-s') continue;
    if (word === '-X') method = words[++at] ?? '';
    else if (word === '-d') body = words[++at] ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words[++at] ?? '').split(/:\s*(.*)/, 2);
      headers[name.toLowerCase()] = value;
    } else if (word.startsWith('-')) throw new Error(`curl ${word} is not read here: ${line}`);
    else urls.push(word);
  }
  const [url, ...others] = urls;
  if (url === undefined || others.length > 0) throw new Error(`One address is expected: ${line}`);
  return { method, url, headers, ...(body !== undefined && { body }) };
};
