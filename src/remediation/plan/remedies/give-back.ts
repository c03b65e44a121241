import { type KeyRef, keyId } from '../../model/key-ref.ts';
import { type KeyMaterial, materialOf } from '../../observation/material.ts';
import { consumersOf, pinsOf } from '../../observation/pins.ts';
import { type VaultIdentity, vaultIdentity } from '../../observation/vault-identity.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { followsKey } from '../../observation/versions-in-use.ts';
import type { StepIdentity } from '../../steps/step-kinds/step-kind.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { isUnprovenDeleted } from '../../trust/another-key.ts';
import { instruct, offer, type Remedy, steps } from '../remedy.ts';
import { restoreManually } from './manual/lost.ts';

/**
 * Gives back what somebody took from a key. A person who took it on purpose marks the key, its vault or a consumer as
 * do-not-heal.
 */

export const recoverVault: Remedy = ({ target }, { observation, known }) => {
  const { host } = observation.key;
  const { vault: was } = known.baseline ?? {};
  return vaultLossOf(observation)?.kind === 'deleted'
    ? offer({
        spec: {
          kind: 'recoverVault',
          target,
          parameters: {
            ...vaultIdentity(observation, known),
            host,
            ...(was && { was: { tenantId: was.tenantId, permissionModel: was.permissionModel } }),
          },
        },
        ...(was && { networkWas: was.network }),
      })
    : instruct();
};

const UNPROVEN =
  'Its current version is none that was in use when all was well, and a consumer that names no version would use it: it may be another key.';

export const recover: Remedy = (_finding, { observation, known }) => {
  const { key } = observation;
  const material =
    observation.loss?.kind === 'present' && observation.loss.value.kind === 'deleted'
      ? observation.loss.value.material
      : undefined;
  const parameters = { ...vaultIdentity(observation, known), ...(material !== undefined && { material }), key };
  const isFollowed = consumersOf(observation).some(followsKey);
  return offer({
    spec: { kind: 'recoverKey', target: keyId(key), parameters },
    ...(isUnprovenDeleted({ observation, known }, isFollowed) && { asks: UNPROVEN }),
  });
};

export const restore: Remedy = (finding, context) => {
  const { observation, known } = context;
  const { key, backup, backupContent: content } = observation;
  if (backup?.kind !== 'present') return restoreManually(finding, context);
  const versions = pinsOf(observation)
    .flatMap(({ version }) => version ?? [])
    .toSorted();
  const parameters = {
    ...vaultIdentity(observation, known),
    key,
    blob: backup.value,
    ...(content !== undefined && { content }),
    versions,
  };
  return steps({ kind: 'restoreKeyFromBackup', target: keyId(key), parameters });
};

type OfVersion = StepIdentity<VaultIdentity & KeyMaterial & { readonly key: KeyRef; readonly version: string }>;

const ofVersion =
  (specOf: (named: OfVersion) => StepSpec): Remedy =>
  ({ target }, { observation, known }) => {
    const { key } = observation;
    const pin = pinsOf(observation).find(({ kid }) => kid === target);
    return pin?.version === undefined
      ? instruct()
      : steps(
          specOf({
            target: keyId(key),
            parameters: {
              ...vaultIdentity(observation, known),
              ...materialOf(pin.version, { observation, known }),
              key,
              version: pin.version,
            },
          }),
        );
  };

export const enable: Remedy = ofVersion((named) => ({ kind: 'enableKey', ...named }));

export const activate: Remedy = ofVersion((named) => ({ kind: 'setActivationDate', ...named }));
