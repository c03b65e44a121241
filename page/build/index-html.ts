import path from 'node:path';
import type { Metafile } from 'esbuild';

/** Where the door of the page's files is. */
const PLACE = '/api/ui/';

const placeOf = (file: string): string => `${PLACE}${path.basename(file)}`;

type Output = Metafile['outputs'][string];

/** What is loaded with a file, by files that it imports, and without waiting for anything. */
const loadedWith = (outputs: Metafile['outputs'], { imports }: Output): readonly string[] =>
  imports
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .flatMap(({ path: file }) => {
      const next = outputs[file];
      return [file, ...(next ? loadedWith(outputs, next) : [])];
    });

/** The first file that a browser gets: it names the others, all of which it then asks for at once. */
export const indexHtml = (template: string, { outputs }: Metafile, entry: string): string => {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
  if (!found) throw new Error(`The page's build has no ${entry}`);
  const [script, output] = found;
  const more = [...new Set(loadedWith(outputs, output))];
  const lines = [
    ...(output.cssBundle === undefined ? [] : [`<link rel="stylesheet" href="${placeOf(output.cssBundle)}">`]),
    ...more.map((file) => `<link rel="modulepreload" href="${placeOf(file)}">`),
    `<script type="module" src="${placeOf(script)}"></script>`,
  ];
  return template.replace('<!-- files -->', () => lines.join('\n    '));
};
