import { allowHealing, forbidHealing } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { overrideSheet } from '../sheets/override.ts';
import { said } from '../sheets/said.ts';
import { ownWords } from '../words/own-words.ts';
import { untilOf } from '../words/until.ts';

type Options = { readonly why: string; readonly until?: string; readonly lift?: true };

export const addDoNotHeal: AddCommand = (program, { shows }) =>
  void program
    .command('do-not-heal')
    .description(
      'Forbids every repair of a key, vault, server or scope: a deliberate revocation. With --lift it is allowed again.',
    )
    .argument('<target>', 'its name or id')
    .requiredOption('--why <text>', 'why', ownWords)
    .option('--until <instant>', 'when it ends: an instant in UTC, or a duration from now such as P7D')
    .option('--lift', 'lift every such record for the target')
    .action(
      shows(async ({ sending, surroundings }, target: string, { why, until, lift }: Options) => {
        if (lift)
          return said(`${target} may be healed again.`, await allowHealing({ target, why }, undefined, sending));
        const end = until && untilOf(until, surroundings.now());
        const override = await forbidHealing({ target, why, ...(end && { until: end }) }, sending);
        return overrideSheet(`${target} is not healed`, override);
      }),
    );
