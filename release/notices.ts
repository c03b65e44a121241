import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

const LICENCE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
const LINE = '-'.repeat(80);

const declared = async ({ folder }: BundledPackage): Promise<string> => {
  const { license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  return typeof license === 'string' ? license : 'not said in package.json';
};

const noticeOf = async (one: BundledPackage): Promise<string> => {
  const names = (await readdir(one.folder)).filter((name) => LICENCE.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(one.folder, name), 'utf8')));
  const title = `${one.name} ${one.version} (${await declared(one)})`;
  const text = texts.map((each) => each.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return [LINE, title, LINE, text || 'The package has no file with the text of its licence.'].join('\n');
};

/** The licences of the bundled packages, which their authors demand in each copy. */
export const noticesFor = async (packages: readonly BundledPackage[]): Promise<string> => {
  const notices = await Promise.all(packages.map(noticeOf));
  return `CMK Guardian holds parts of the packages below, each under its own licence.\n\n${notices.join('\n\n')}\n`;
};
