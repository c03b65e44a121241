/** `npm run rows`: every row of the acceptance table, its check tried on its fixtures, its repair played. */
import { parseArgs } from 'node:util';
import { playAll } from './play.ts';
import { asJson, asTable, lackOf, linesOf } from './report.ts';
import { SCENARIOS } from './scenarios.ts';

const HELP = `npm run rows [-- --json] [-- --verbose]

Tries the check of each of the 107 rows of docs/acceptance.md on a fixture that must pass and one that must fail, then
breaks on the local cloud what the rows of level AUTO and APPR are about, each with a consumer of its own, and lets the
product in dist/ heal it. Prints the rows, and of each run the writes and the virtual seconds.

  --json      one line {"rows":[{"id","check","pass","fail","repair"}]} and nothing else (npm's own lines go away with
              npm run -s); repair is false as well where the level of the row asks for none
  --verbose   what host and product say meanwhile, on stderr

The exit code is 1 where a row lacks what it needs; then stderr names it.`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  const { played, remarks } = await playAll(SCENARIOS, (line) => values.verbose && console.error(line));
  const lines = linesOf(played);
  console.log(values.json ? asJson(lines) : asTable(lines, played, remarks));
  const lacking = lines.filter((line) => lackOf(line).length > 0);
  for (const line of lacking) console.error(`${line.id} lacks ${lackOf(line).join(', ')}`);
  process.exitCode = lacking.length === 0 ? 0 : 1;
};

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
