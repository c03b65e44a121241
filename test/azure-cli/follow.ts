import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runbookOf } from '../../src/posture/runbooks.ts';
import type { Subject } from '../builders/breaking/subjects.ts';
import { MINUTE } from '../builders/durations.ts';
import { isRunIn, type Scene } from '../docs/runbooks/by-azure-cli.ts';
import { commandsIn, sectionOf } from '../docs/runbooks/kinds.ts';
import { blanksOf, filledIn, knownFirst } from './blanks.ts';
import { breakAs } from './broken.ts';
import { finds } from './look.ts';
import type { Terminal } from './terminal.ts';
import { WORKS } from './works.ts';

const textOf = ({ page }: Scene): string =>
  readFileSync(path.join(import.meta.dirname, '../..', runbookOf(page)), 'utf8');

/** As long as any change of these scenes needs until it counts, and the product until it believes what it has missed. */
const WITHIN = 15 * MINUTE;

type Followed = { readonly commands: number; readonly faults: readonly string[] };

/**
 * Follows a page in its state: what is broken is mended by the commands under *Do it by hand*, and is as it was before after those
 * under *Undo it*; the product sees the fault until then. Returns what did not hold, in sentences.
 */
export const follow = async (terminal: Terminal, scene: Scene, subject: Subject): Promise<Followed> => {
  const { world } = terminal.cloud;
  const faults: string[] = [];
  let commands = 0;
  const what = scene.regains ?? 'key';
  const known = () => ({ ...blanksOf(world, subject, scene.page), '<your object id>': terminal.person });
  const before = known();
  const mustBe = async (works: boolean, sentence: string): Promise<void> => {
    const isSo = async () => (await WORKS[what](world, subject)) === works;
    if (!(await terminal.waitFor(isSo, WITHIN))) faults.push(`${scene.page}: ${what}: ${sentence}`);
  };
  const mustBeFound = async (found: boolean, sentence: string): Promise<void> => {
    const isSo = async () => (await finds(terminal, scene.page, subject)) === found;
    if (!(await terminal.waitFor(isSo, WITHIN))) faults.push(`${scene.page}: ${sentence}`);
  };
  const run = async (section: string): Promise<void> => {
    for (const line of commandsIn(sectionOf(textOf(scene), section)).filter((one) => isRunIn(scene, one))) {
      commands += 1;
      try {
        await terminal.run(filledIn(line, knownFirst(before, known())));
      } catch (error) {
        faults.push(`${scene.page}: ${line}\n${(error as Error).message.trim()}`);
      }
    }
  };
  if (scene.broken) await breakAs(terminal, subject, scene.broken);
  if (scene.mends) await mustBe(false, 'not gone in the state that it is for');
  if (scene.found) await mustBeFound(true, 'the product does not find the fault in the state that it is for');
  await run('See it');
  await run('Do it by hand');
  if (scene.mends) await mustBe(true, 'not back after Do it by hand');
  if (scene.found) await mustBeFound(scene.found === 'still', 'the product does not see what Do it by hand has done');
  await run('Is it over?');
  await run('Undo it');
  if (scene.undoes) await mustBe(false, 'not gone after Undo it');
  return { commands, faults };
};
