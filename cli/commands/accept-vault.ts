import { acceptVaultMove } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { confirmed } from '../confirmed.ts';
import { facts } from '../sheet/sheet.ts';
import { said } from '../sheets/said.ts';
import { counted } from '../words/counted.ts';
import { ownWords } from '../words/own-words.ts';
import { vaultId } from '../words/vault-id.ts';

type Options = { readonly why: string; readonly host?: string; readonly yes?: true };

export const addAcceptVault: AddCommand = (program, { shows }) =>
  void program
    .command('accept-vault')
    .description(
      'Says that the vault which bears the name of a known one is ours: it was moved, or made again on purpose.',
    )
    .argument('<known>', 'the resource id of the vault that is known', vaultId)
    .argument('<present>', 'the resource id of the vault that is there now', vaultId)
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
          `It is entered, and of that vault ${counted(accepted.keys.length, 'key')} in use will be looked at. No step is approved by it.`,
          accepted,
        );
      }),
    );
