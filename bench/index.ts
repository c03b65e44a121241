/** `npm run bench`: what the product costs, as ratios of one run. `--help` says more. */
import { parseArgs } from 'node:util';
import { measureColdStart } from './cold-start/measure-cold-start.ts';
import { measureHeal } from './heal/measure-heal.ts';
import { asJson, asTable } from './print-figures.ts';

const HELP = `npm run bench [-- --json] [-- --pairs <n>] [-- --heals <n>]

Measures the bundle in dist/ against the least that could do the same, on this machine, in one run:
  coldStart, memory          loading dist/ against an empty app with the two Functions SDKs, bundled alike
  healAzureCalls             calls of one heal that are not on the README's list, or are missing from it
  healDurableSteps           durable steps of that heal, likewise
  lookAzureCalls, lookWallTime   a wake-up of a key that is healthy
  healWallTime               real time of a heal against a script with the same calls

  --json        one line {"figures":[{"name","value","unit","goal","holds"}]} and nothing else; without
                a goal, goal and holds are null
  --pairs <n>   pairs of loads for coldStart and memory (40)
  --heals <n>   pairs of heals for healWallTime (6)
  --help        this text

The medians of pairs that ran back to back are printed. The exit code is 0 when everything was measured, whether or
not a goal holds: on a busy machine a ratio says more about the machine. It is 1 when something could not be measured.`;

const count = (text: string, option: string): number => {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new Error(`--${option} is '${text}'; give a whole number from 1 to 9999.`);
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    pairs: { type: 'string', default: '40' },
    heals: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const pairs = count(values.pairs, 'pairs');
  const heals = count(values.heals, 'heals');
  const measured = [...(await measureColdStart(pairs)), ...(await measureHeal(heals))];
  console.log(values.json ? asJson(measured) : asTable(measured));
}
