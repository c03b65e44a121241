import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runbookOf } from '../../src/posture/runbooks.ts';
import type { Subject } from '../builders/breaking/subjects.ts';
import { MINUTE } from '../builders/durations.ts';
import { isRunIn, type Scene } from '../docs/runbooks/by-azure-cli.ts';
import { commandsIn, sectionOf } from '../docs/runbooks/kinds.ts';
import { blanksOf, filledIn, knownFirst } from './blanks.ts';
import { breakAs } from './broken.ts';
import type { Terminal } from './terminal.ts';
import { WORKS } from './works.ts';

const textOf = ({ page }: Scene): string =>
  readFileSync(path.join(import.meta.dirname, '../..', runbookOf(page)), 'utf8');

/** As long as any change of these scenes needs until it counts, by the clock of the cloud. */
const WITHIN = 5 * MINUTE;

/** A change may take effect a while after its command has ended. */
const becomes = async ({ cloud }: Terminal, works: () => Promise<boolean>, wanted: boolean): Promise<boolean> => {
  const until = cloud.world.clock.now() + WITHIN;
  while (cloud.world.clock.now() < until) {
    if ((await works()) === wanted) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
};

type Followed = { readonly commands: number; readonly faults: readonly string[] };

/**
 * Follows a page in its state: what is broken is mended by the commands under *Do it by hand*, and is as it was before after those
 * under *Undo it*. Returns what did not hold, in sentences.
 */
export const follow = async (terminal: Terminal, scene: Scene, subject: Subject): Promise<Followed> => {
  const { world } = terminal.cloud;
  const faults: string[] = [];
  let commands = 0;
  const what = scene.regains ?? 'key';
  const before = blanksOf(world, subject, scene.page);
  const mustBe = async (works: boolean, sentence: string): Promise<void> => {
    if (!(await becomes(terminal, () => WORKS[what](world, subject), works))) faults.push(`${scene.page}: ${sentence}`);
  };
  const run = async (section: string): Promise<void> => {
    for (const line of commandsIn(sectionOf(textOf(scene), section)).filter((one) => isRunIn(scene, one))) {
      commands += 1;
      try {
        await terminal.run(filledIn(line, knownFirst(before, blanksOf(world, subject, scene.page))));
      } catch (error) {
        faults.push(`${scene.page}: ${line}\n${(error as Error).message.trim()}`);
      }
    }
  };
  if (scene.broken) await breakAs(terminal, subject, scene.broken);
  if (scene.mends) await mustBe(false, `${what}: not gone in the state that it is for`);
  await run('Do it by hand');
  if (scene.mends) await mustBe(true, `${what}: not back after Do it by hand`);
  await run('Undo it');
  if (scene.undoes) await mustBe(false, `${what}: not gone after Undo it`);
  return { commands, faults };
};
