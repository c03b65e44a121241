import { shellWord } from '../../src/remediation/model/shell-word.ts';
import type { AddCommand } from '../acting.ts';
import { gather } from '../archive/gather.ts';
import { emptyFolder, writeExport } from '../archive/write.ts';
import { command } from '../sheet/sheet.ts';
import { said } from '../sheets/said.ts';
import { counted } from '../words/counted.ts';

export const addExport: AddCommand = (program, { shows }) =>
  void program
    .command('export')
    .description(
      'Writes what an auditor needs into one folder: the ledger, its evidence, incidents, reports, and hashes of all.',
    )
    .argument('<folder>', 'a folder that is empty, or that there is not yet')
    .action(
      shows(async (context, folder: string) => {
        await emptyFolder(folder);
        const files = await gather(context);
        await writeExport(folder, files);
        const paths = files.map(({ path }) => path);
        return said(
          `${counted(files.length, 'file')} are in ${folder}, with their hashes in SHA256SUMS. To check them:`,
          { folder, files: paths },
          [command(`cmk-guardian verify --export ${shellWord(folder)}`)],
        );
      }),
    );
