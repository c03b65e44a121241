import type { AddCommand } from '../acting.ts';
import { readExport } from '../archive/read.ts';
import type { Context } from '../context.ts';
import { anchorsIn } from '../ledger/anchors-in.ts';
import type { Chain } from '../ledger/chain.ts';
import { judgeAll } from '../ledger/judge-all.ts';
import { readChains } from '../ledger/read-chains.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { verifiedSheet } from '../sheets/verified.ts';

type Options = { readonly export?: string; readonly anchors?: string };

const HERE = 'compared with those that were downloaded.';
/** An export's own statement about anchors can be forged as easily as the rest of the export. */
const NONE_HERE =
  'none compared. Whoever may write this folder can have made all of it anew, or left out chains: download the anchors, and name them by --anchors.';

type Found = {
  readonly chains: readonly Chain[];
  readonly faults: readonly string[];
  /** The sentence about anchors where none are compared here. */
  readonly said: readonly string[];
};

const verified = async ({ chains, faults, said }: Found, anchors: string | undefined): Promise<Sheet> => {
  const known = anchors === undefined ? undefined : await anchorsIn(anchors);
  return verifiedSheet({ chains: judgeAll(chains, known), proves: known ? [HERE] : said, faults });
};

const inApp = async (context: Context, anchors: string | undefined): Promise<Sheet> => {
  const chains = await readChains(context);
  return verified({ chains, faults: [], said: [...new Set(chains.map((one) => one.anchors))] }, anchors);
};

const offline = async (folder: string, anchors: string | undefined): Promise<Sheet> => {
  return verified({ ...(await readExport(folder)), said: [NONE_HERE] }, anchors);
};

export const addVerify: AddCommand = (program, { shows, tells }) => {
  const online = shows(async (context, { anchors }: Options) => inApp(context, anchors));
  const atRest = tells(async (_surroundings, { export: folder = '', anchors }: Options) => offline(folder, anchors));
  program
    .command('verify')
    .description(
      'Checks every chain of the ledger row by row here, whatever the app says of it; also of an export, without an app.',
    )
    .option('--export <folder>', 'what `cmk-guardian export` has written')
    .option('--anchors <folder>', 'the container of the anchors, as `az storage blob download-batch` has written it')
    .action((options: Options) => (options.export === undefined ? online : atRest)(options));
};
