/** Commands of the Azure CLI as they appear in texts: in code of documents, and in the sentences of sources. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { shellWords } from '../../../src/posture/shell-words.ts';
import { commandOf, GROUPS } from './az-grammar.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

export type Printed = { readonly file: string; readonly line: string };

const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'docs/**/*.md',
  'infra/**/*.md',
  'ui/**/*.md',
  'cli/**/*.md',
];

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const inFiles = (patterns: readonly string[], linesOf: (text: string) => readonly string[]): readonly Printed[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .flatMap((file) => linesOf(read(file)).map((line) => ({ file, line })));

/** Lines of fenced code, with continued lines joined. */
const fenced = (text: string): readonly string[] =>
  [...text.matchAll(/^```(?:sh|bash|console)?\n([\s\S]*?)^```/gm)].flatMap(([, code = '']) =>
    code.replace(/\\\n\s*/g, ' ').split('\n'),
  );

const inline = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '));

const isCommand = (line: string): boolean => /^az [a-z]/.test(line) && GROUPS.has(line.split(' ')[1] ?? '');

/** Whole commands of code blocks, without comments, and without the syntax of a shell around them. */
export const inDocuments = (): readonly Printed[] =>
  inFiles(DOCUMENTS, fenced)
    .map(({ file, line }) => ({
      file,
      line: line
        .trim()
        .replace(/ {2,}#.*$/, '')
        .replace(/^[A-Z_]+=\$\((.*)\)$/, '$1'),
    }))
    .filter(({ line }) => isCommand(line));

/** Commands that a sentence of a document names, often without all their arguments. */
export const namedInDocuments = (): readonly Printed[] =>
  inFiles(DOCUMENTS, inline).filter(({ line }) => isCommand(line));

/** `az …` in the sources, comments left out, up to where its literal, its sentence or its line ends. */
const inSource = (text: string): readonly string[] =>
  [...text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').matchAll(/(?<!\/)\baz (?=[a-z])[^\n'"`;]*/g)]
    .map(([line]) => line)
    .filter(isCommand);

export const inSources = (): readonly Printed[] => inFiles(['src/**/*.ts', 'ui/**/*.ts*', 'cli/**/*.ts'], inSource);

/** A command within a sentence: its name, and the options after it. */
export const partsOf = (line: string): { readonly name: string | undefined; readonly options: readonly string[] } => {
  const words = line.split(/\s+/).slice(1);
  const name = commandOf(words.map((word) => word.replace(/[^a-z-]/g, '')));
  return { name, options: [...line.matchAll(/(?:^|\s)--([a-z][a-z-]*)/g)].map(([, option = '']) => option) };
};

/** Replaces the substitutions of a shell by a word each, and removes pipes to other programs. */
const asWords = (line: string): string =>
  line
    .replace(/\$\([^)]*\)|\$\{?\w+\}?/g, '<value>')
    .replace(/ (?:\||>|&&|\|\|) .*$/, '')
    .replace(/<[^<>']*>(?=[^']*(?:'[^']*'[^']*)*$)/g, 'value');

export const wordsOf = (line: string): readonly string[] => shellWords(line) ?? shellWords(asWords(line)) ?? [];
