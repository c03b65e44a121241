/** `npm run attacks`: plays every attack that was tried against the product, on the local cloud. */
import { parseArgs } from 'node:util';
import { type Attack, ITEMS } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { checkCareful, recordCareful } from './careful/careful.ts';
import { withGround } from './ground.ts';
import { type Played, playAll } from './play.ts';
import { asJson, asLine, asTable, notHeld } from './report.ts';

const HELP = `npm run attacks [-- --only <item>] [-- --json] [-- --careful]

Plays every attack on the product in dist/, on a local cloud of its own, and prints: item, writes that the product made
because of it, whether the product held, its verdict as people see it, and what the attacker does.

  --only <item>  one item: ${ITEMS.join(', ')}; 2 is all of 2a to 2d, b all of b1 to b17, d all of d1 to d4
  --json         one line {"attacks":[{"item","attack","writes","verdict","held","whyNot"}]} and nothing else (npm's own
                 lines go away with npm run -s)
  --careful      instead: breaks everything once under default settings and prints what is healed unasked, asked and
                 reported; exit code 1 where that is not as docs/security/careful.md says
  --record <when>  with --careful: writes it down as before or after, and the document
  --help         this

Progress is on stderr. The exit code is 1 where an attack does not hold.`;

const OPTIONS = {
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
  careful: { type: 'boolean', default: false },
  record: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const chosen = (only: string | undefined): readonly Attack[] => {
  const attacks = ATTACKS.filter(
    ({ item }) =>
      only === undefined ||
      item === only ||
      item.replace(/[a-d]$/, '') === only ||
      ((only === 'b' || only === 'd') && item.startsWith(only)),
  );
  if (attacks.length > 0) return attacks;
  throw new Error(
    `There is no attack of item "${only}". Items: ${[...new Set(ATTACKS.map(({ item }) => item))].join(', ')}.`,
  );
};

const attack = async (attacks: readonly Attack[], inJson: boolean): Promise<void> => {
  let done = 0;
  const tell = (played: readonly Played[]): void => {
    for (const one of played) console.error(`${++done}/${attacks.length}  ${asLine(one)}`);
  };
  const played = await withGround((storage) => playAll(attacks, storage, tell));
  console.log(inJson ? asJson(played) : asTable(played));
  process.exitCode = notHeld(played).length === 0 ? 0 : 1;
};

const beCareful = async (): Promise<void> => {
  const differing = await withGround(checkCareful);
  for (const line of differing) console.error(line);
  process.exitCode = differing.length === 0 ? 0 : 1;
};

const recordAs = (when: string): Promise<void> => {
  if (when !== 'before' && when !== 'after') throw new Error(`--record is before or after, not "${when}".`);
  return withGround((storage) => recordCareful(when, storage));
};

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  if (!values.careful) return attack(chosen(values.only), values.json);
  return values.record === undefined ? beCareful() : recordAs(values.record);
};

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
