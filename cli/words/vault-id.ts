import { InvalidArgumentError } from 'commander';
import { parseResourceId } from '../../src/remediation/model/resource-id.ts';

/** The resource id of a vault as it was typed. @throws InvalidArgumentError for anything else, such as the name alone. */
export const vaultId = (typed: string): string => {
  if (parseResourceId(typed)?.type === 'microsoft.keyvault/vaults') return typed;
  throw new InvalidArgumentError(
    'A vault that was moved keeps its name, so it takes the whole ids: cmk-guardian explain prints the command with both.',
  );
};
