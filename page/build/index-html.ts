import path from 'node:path';
import type { Metafile } from 'esbuild';

/** The path at which the app serves the files of the page. */
const PLACE = '/api/ui/';

const placeOf = (file: string): string => `${PLACE}${path.basename(file)}`;

type Output = Metafile['outputs'][string];

/** All files that a file imports at its start, directly or not. */
const loadedWith = (outputs: Metafile['outputs'], { imports }: Output): readonly string[] =>
  imports
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .flatMap(({ path: file }) => {
      const next = outputs[file];
      return [file, ...(next ? loadedWith(outputs, next) : [])];
    });

/** The first file that a browser gets: it names the other files, so that the browser requests all of them at once. */
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
