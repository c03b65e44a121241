import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { testNamesIn } from '../builders/test-names.ts';

const ROOT = 'test/stories';
const README = readFileSync(`${ROOT}/README.md`, 'utf8');

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.test.ts'))
  .toSorted();

const rooms = [...new Set(files.map((file) => dirname(file)))];

const linesOf = (room: string): readonly string[] =>
  files
    .filter((file) => dirname(file) === room)
    .flatMap((file) => [
      `* [${basename(file)}](${file})`,
      ...testNamesIn(`${ROOT}/${file}`).map((name) => `  * ${name}`),
    ]);

const index = `# What the stories tell

One line for each test that its file writes out; a file without a line tells what the \`-story.ts\` beside it has.
Written by \`npm exec vitest -- run test/docs/stories.test.ts -u\`.

${rooms.map((room) => `## ${room}\n\n${linesOf(room).join('\n')}\n`).join('\n')}`;

it('every story lies in a folder that test/stories/README.md explains', () => {
  expect(rooms.filter((room) => !README.includes(`| \`${room}\` |`))).toEqual([]);
});

it('test/stories/index.md has every story: `npm exec vitest -- run test/docs/stories.test.ts -u` writes it', async () => {
  await expect(index).toMatchFileSnapshot('../stories/index.md');
});
