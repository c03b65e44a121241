import { startReconciliation, startRepair, startSweep } from '../../client/api.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { Usage } from '../failure.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { dryRunSheet } from '../sheets/dry-run.ts';
import { said } from '../sheets/said.ts';
import { stepNameIn } from '../words/as-page.ts';
import { counted } from '../words/counted.ts';
import { named } from '../words/named.ts';

type Options = {
  readonly vault?: true;
  readonly repair?: string;
  readonly newKey?: string;
  readonly identity?: string;
  readonly dryRun?: true;
};

const startAll = async ({ sending }: Context, dry: { readonly dryRun?: true }): Promise<Sheet> => {
  const begun = await startSweep(dry, sending);
  return 'dryRun' in begun
    ? said(`${counted(begun.keys, 'key')} in use would be looked at.`, begun)
    : said('A sweep has begun: everything is looked at.', begun);
};

type Started = { readonly name: string; readonly options: Options; readonly dry: { readonly dryRun?: true } };

const repair = async ({ sending }: Context, { name, options, dry }: Started): Promise<Sheet> => {
  const { repair: step = '', vault, newKey, identity } = options;
  const what = vault ? { vault: name } : named(name);
  const chosen = { ...what, ...(newKey && { newKey }), ...(identity && { identity }) };
  const begun = await startRepair(step, chosen, dry, sending);
  if ('dryRun' in begun) return dryRunSheet(begun);
  if ('id' in begun)
    return said(`It is asked to ${stepNameIn(step)}, and the key is looked at. A request is no approval.`, begun);
  return said('In this mode nothing is repaired: the plan is all there is. Add --dry-run to read it.', begun);
};

const look = async ({ sending }: Context, { name, options, dry }: Started): Promise<Sheet> => {
  const begun = await startReconciliation(options.vault ? { vault: name } : named(name), dry, sending);
  return 'dryRun' in begun
    ? dryRunSheet(begun)
    : said(`${name} is looked at. cmk-guardian explain ${name} tells what comes of it.`, begun);
};

const start = async (context: Context, name: string | undefined, options: Options): Promise<Sheet> => {
  const dry = options.dryRun ? ({ dryRun: true } as const) : {};
  if (name !== undefined) return (options.repair ? repair : look)(context, { name, options, dry });
  if (options.repair) throw new Usage('Say what is to be repaired: cmk-guardian start <name> --repair <step>.');
  return startAll(context, dry);
};

/** The values of `--repair`: the parameter is the code, and people read the words. */
const STEPS = ['Repairs:', ...STEP_KINDS.map((step) => `  ${step.padEnd(26)}${stepNameIn(step)}`)].join('\n');

export const addStart: AddCommand = (program, { shows }) =>
  void program
    .command('start')
    .description('Looks at a key now, or asks for one repair of it; without a name, looks at everything.')
    .argument('[name]', 'the name of a server or disk encryption set, or an id of a key or resource')
    .option('--vault', 'the name is that of a vault')
    .option('--repair <step>', 'ask for this repair, such as extendKeyExpiry; the list below has all')
    .option('--new-key <key>', 'the key version that the repair shall use')
    .option('--identity <id>', 'the identity that the repair shall use')
    .option('--dry-run', 'say what would be done, and do nothing')
    .addHelpText('after', `\n${STEPS}`)
    .action(shows(start));
