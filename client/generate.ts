/**
 * `npm run client` writes what is generated of the client from the document of OpenAPI: `api.ts`, a function for every operation, and
 * `twins.ts`, what a key opens as well. A test asks for the files to be what this writes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { generate } from 'orval';
import { openApiDocument } from '../src/web/contract/openapi/document.ts';
import { withoutTwins } from './without-twins.ts';

const HEAD =
  '// Written by `npm run client` from the document of OpenAPI.\n// biome-ignore-all lint: it is generated\n';

/** The generator writes imports by the place of its output: both are made in a folder beside this one. */
const generated = async (document: object): Promise<string> => {
  const folder = mkdtempSync(path.join(import.meta.dirname, '.made-'));
  const [from, to] = [path.join(folder, 'openapi.json'), path.join(folder, 'api.ts')];
  try {
    writeFileSync(from, JSON.stringify(document));
    await generate({
      input: { target: from },
      output: {
        target: to,
        client: 'fetch',
        mode: 'single',
        urlEncodeParameters: true,
        override: {
          header: false,
          enumGenerationType: 'union',
          useTypeOverInterfaces: true,
          fetch: { includeHttpResponseReturnType: false },
          mutator: { path: path.join(import.meta.dirname, 'send.ts'), name: 'send' },
        },
      },
    });
    return readFileSync(to, 'utf8').replace("'../send.ts'", "'./send.ts'");
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const BIOME = path.join(import.meta.dirname, '..', 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const formatted = (file: string, text: string): string =>
  execFileSync(process.execPath, [BIOME, 'format', `--stdin-file-path=client/${file}`], {
    cwd: path.join(import.meta.dirname, '..'),
    input: text,
    encoding: 'utf8',
  });

/** The files by their names, and what is in them. */
export const clientFiles = async (): Promise<Readonly<Record<string, string>>> => {
  const { document, twins } = withoutTwins(openApiDocument());
  const rows = twins.map(([method, template]) => `['${method}', '${template}']`).join();
  const list = `/** What a key of the function app opens as well. */\nexport const TWINS = [${rows}] as const;`;
  return {
    'api.ts': formatted('api.ts', `${HEAD}${await generated(document)}`),
    'twins.ts': formatted('twins.ts', `${HEAD}\n${list}\n`),
  };
};

if (process.argv[1] === import.meta.filename)
  for (const [file, text] of Object.entries(await clientFiles()))
    writeFileSync(path.join(import.meta.dirname, file), text);
