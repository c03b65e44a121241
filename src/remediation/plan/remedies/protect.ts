import { byName, command } from '../../model/command.ts';
import { patchSoftDelete } from '../../model/patch-command.ts';
import { type VaultIdentity, vaultIdentity } from '../../observation/vault-identity.ts';
import type { StepIdentity } from '../../steps/step-kinds/step-kind.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { both, instruct, type Remedy, steps } from '../remedy.ts';

type OfVault = StepIdentity<VaultIdentity & { readonly host: string }>;

/** Protects the vault, which cannot be undone and repairs no fault: such a step is done only on request. */
const ofVault =
  (commandFor: (vaultId: string) => string, specOf: (named: OfVault) => StepSpec): Remedy =>
  ({ target, sentence }, { observation, known }) => {
    const { key, vault } = observation;
    if (vault.kind !== 'present') return instruct();
    const spec = specOf({ target, parameters: { ...vaultIdentity(observation, known), host: key.host } });
    return both(
      steps(spec),
      instruct(
        `${sentence} It cannot be turned off again: request the step ${spec.kind}, or run ${commandFor(vault.value.id)}.`,
      ),
    );
  };

export const protectByRetention: Remedy = ofVault(
  (id) => `\`${patchSoftDelete(id)}\``,
  (named) => ({ kind: 'enableSoftDelete', ...named }),
);

export const protectFromPurge: Remedy = ofVault(
  (id) => command('az keyvault update', { ...byName(id), 'enable-purge-protection': 'true' }),
  (named) => ({ kind: 'enablePurgeProtection', ...named }),
);
