import type { AddCommand } from '../acting.ts';
import { readExport } from '../archive/read.ts';
import { anchorsIn } from '../ledger/anchors-in.ts';
import type { Chain } from '../ledger/chain.ts';
import { judgeAll } from '../ledger/judge-all.ts';
import { readChains } from '../ledger/read-chains.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { verifiedSheet } from '../sheets/verified.ts';

type Options = { readonly export?: string; readonly anchors?: string };

const HERE = 'compared with those that were downloaded.';

const verified = async (
  chains: readonly Chain[],
  faults: readonly string[],
  anchors: string | undefined,
): Promise<Sheet> => {
  const known = anchors === undefined ? undefined : await anchorsIn(anchors);
  const said = [...new Set(chains.map((one) => one.anchors))];
  return verifiedSheet({ chains: judgeAll(chains, known), proves: known ? [HERE] : said, faults });
};

const offline = async (folder: string, anchors: string | undefined): Promise<Sheet> => {
  const { chains, faults } = await readExport(folder);
  return verified(chains, faults, anchors);
};

export const addVerify: AddCommand = (program, { shows, tells }) => {
  const online = shows(async (context, { anchors }: Options) => verified(await readChains(context), [], anchors));
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
