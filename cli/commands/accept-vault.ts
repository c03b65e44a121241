import { acceptVaultMove } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { confirmed } from '../confirmed.ts';
import { facts } from '../sheet/sheet.ts';
import { said } from '../sheets/said.ts';
import { counted } from '../words/counted.ts';
import { ownWords } from '../words/own-words.ts';

type Options = { readonly why: string; readonly host?: string; readonly yes?: true };

export const addAcceptVault: AddCommand = (program, { shows }) =>
  void program
    .command('accept-vault')
    .description(
      'Says that the vault which bears the name of a known one is ours: it was moved, or made again on purpose.',
    )
    .argument('<known>', 'the resource id of the vault that is known')
    .argument('<present>', 'the resource id of the vault that is there now')
    .requiredOption('--why <text>', 'why it is ours', ownWords)
    .option('--host <name>', 'its host, where vaults of several clouds have one name')
    .option('--yes', 'without a question')
    .action(
      shows(async (context, from: string, to: string, { why, host, yes }: Options) => {
        await confirmed(context, {
          blocks: [
            facts([
              ['known', from],
              ['present', to],
            ]),
          ],
          question: 'Does the present vault count as the known one from now on?',
          isGiven: yes === true,
        });
        const body = { from, to, why, ...(host !== undefined && { host }) };
        const accepted = await acceptVaultMove(body, context.sending);
        return said(
          `It is entered, and ${counted(accepted.keys.length, 'key')} of it looked at anew. No step is approved by it.`,
          accepted,
        );
      }),
    );
