import { parseKeyId } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { isFitting } from '../../remediation/observation/fitting-key.ts';
import type { Checks } from '../check.ts';
import { newKey } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, pass, unclear } from '../judgement.ts';
import { keyName, onVersion } from './on-version.ts';

const rightType = onVersion(({ keyType, keySize }, { consumer: { kind }, observation }) => {
  const { keys } = profileOf(kind);
  const fits = isFitting(kind, { keyType, ...(keySize !== undefined && { keySize }) });
  if (keys === 'unsaid') return unclear(`which keys ${kind} takes is not known here`);
  if (fits === undefined) return unclear(`the size of this ${keyType} key was not told`);
  return holds(
    fits,
    `${keyType} ${keySize ?? ''}; ${kind} takes ${keys.types[0]} ${keys.sizes.join(', ')}`,
    newKey(observation.key),
  );
});

/**
 * With less than 90 days of retention the recovery level is CustomizedRecoverable, which a single server does not
 * accept.
 */
const fullyRecoverable = onVersion(({ recoveryLevel }) =>
  recoveryLevel === undefined
    ? unclear('the recovery level was not told')
    : holds(['Recoverable', 'Recoverable+ProtectedSubscription'].includes(recoveryLevel), recoveryLevel),
);

const notPurgeable = onVersion(({ recoveryLevel }) =>
  recoveryLevel === undefined
    ? unclear('the recovery level was not told')
    : holds(!recoveryLevel.includes('Purgeable'), recoveryLevel),
);

const pinWellFormed = ({ consumer, resource, observation: { vault } }: PathFacts): Judgement => {
  const { kid } = consumer.pinned;
  const source = resource.kind === 'present' ? resource.value.sourceVaultId?.toLowerCase() : undefined;
  const named = parseKeyId(kid);
  if (!named || (!named.version && profileOf(consumer.kind).namesVersion.names === 'always'))
    return fail(`'${kid}' is no key version`);
  if (source === undefined || vault.kind !== 'present') return pass(`${kid}; no other vault is named`);
  return holds(source === vault.value.id.toLowerCase(), `${kid}, beside the vault ${source}`);
};

const asymmetricInVault = (path: PathFacts): Judgement =>
  onVersion(({ keyType, kid }) =>
    holds(/^(RSA|EC)/.test(keyType) && kid.startsWith(keyName(path)), `${keyType} in ${path.observation.key.host}`),
  )(path);

export const KEY_FORM_CHECKS = {
  pinWellFormed: { judge: pinWellFormed, page: 'keyVersionMissing' },
  asymmetricKeyInVault: { judge: asymmetricInVault, page: 'keyTypeUnsupported' },
  keyTypeSupported: { judge: rightType, page: 'keyTypeUnsupported' },
  fullyRecoverable: { judge: fullyRecoverable, page: 'recoveryLevelInsufficient' },
  notPurgeable: { judge: notPurgeable, page: 'purgeProtectionOff' },
} as const satisfies Checks<PathFacts>;
