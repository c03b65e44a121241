import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { SimVerb, World } from '../service.ts';
import type { KeyVault } from './key-vault.ts';
import { oneVault } from './verb-input.ts';

/** Makes a verb on a vault stand for a write in the portal: when the verb has ended, the write is logged like any other. */
export const manually =
  (world: World, keyVault: KeyVault) =>
  (operation: string, verb: SimVerb, path = ''): SimVerb => ({
    ...verb,
    run: (input) => {
      const { vault: name } = oneVault.parse(input);
      const existed = keyVault.vault(name) !== undefined;
      const done = verb.run(input);
      const vault = keyVault.vault(name) ?? keyVault.deletedVault(name);
      const operationName = `Microsoft.KeyVault/vaults/${operation}`;
      if (vault) recordManualAct(world, { target: `${vault.id}${path}`, operationName, existed });
      return done;
    },
  });
