import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { testNamesIn } from './test-names.ts';

const root = path.join(import.meta.dirname, '../..');

export const readDocument = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** `test/path.test.ts › full test name`, in code marks. */
const CITATION = /`(test\/[\w./-]+\.test\.ts) › ([^`]+)`/g;

export const citationsIn = (text: string) =>
  [...text.matchAll(CITATION)].map(([, file = '', name = '']) => ({ file, name }));

const namesIn = (file: string): readonly string[] =>
  existsSync(path.join(root, file)) ? testNamesIn(path.join(root, file)) : [];

/** The tests that a document cites and that do not exist. */
export const missingTests = (text: string): readonly string[] =>
  [...Map.groupBy(citationsIn(text), ({ file }) => file)].flatMap(([file, cited]) => {
    const names = namesIn(file);
    return cited.filter(({ name }) => !names.includes(name)).map(({ name }) => `${file} › ${name}`);
  });

/**
 * The address of a heading as GitHub makes it: small letters, blanks as hyphens, without signs and without the marks of code and
 * links.
 */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (file: string): readonly string[] =>
  [...readDocument(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The links of a document to headings that do not exist, in the document or in another one of this project. */
export const deadAnchors = (file: string): readonly string[] =>
  [...readDocument(file).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
    .map(([, link = '', anchor = '']) => ({ to: link === '' ? file : path.join(path.dirname(file), link), anchor }))
    .filter(({ to, anchor }) => !to.endsWith('.md') || !anchorsIn(to).includes(anchor))
    .map(({ to, anchor }) => `${to}#${anchor}`);

/** The links of a document to files of this project that do not exist. */
export const deadLinks = (file: string): readonly string[] =>
  [...readDocument(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !existsSync(path.join(root, path.dirname(file), link)));
