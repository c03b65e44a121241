import { addDuration } from '../../remediation/duration.ts';
import type { KeyVersionFacts } from '../../remediation/facts.ts';
import { parseKeyId } from '../../remediation/key-ref.ts';
import type { Checks } from '../check.ts';
import { newKey, recoverKey } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, pass, unclear } from '../judgement.ts';
import { pinnedVersion } from '../path.ts';

const keyName = ({ observation: { key } }: PathFacts): string => `https://${key.host}/keys/${key.name}`;

const onVersion =
  (judge: (version: KeyVersionFacts, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      pinnedVersion(path),
      (version) => judge(version, path),
      () => unclear(`${path.consumer.pinned.kid} is not there to judge`),
    );

/** The version is there, or what became of its key. */
const keyThere = (path: PathFacts): Judgement =>
  judged(
    pinnedVersion(path),
    ({ kid }) => pass(kid),
    () => {
      const { loss, key } = path.observation;
      const deleted = loss?.kind === 'present' && loss.value.kind === 'deleted';
      return fail(
        `${path.consumer.pinned.kid} is not there${deleted ? ', but its key can be recovered' : ''}`,
        ...(deleted ? [recoverKey(key)] : []),
      );
    },
  );

const active = onVersion(({ notBefore }, { now }) =>
  holds(
    notBefore === undefined || notBefore <= now,
    notBefore === undefined ? 'no activation date' : `active from ${notBefore}`,
  ),
);

const notExpired = onVersion(({ expiresOn }, { now }) =>
  holds(expiresOn === undefined || expiresOn > now, expiresOn === undefined ? 'no expiry' : `expires on ${expiresOn}`),
);

/** The document wants none; policies of today want one. Far enough away both are well (deviation from the document). */
const noNearExpiry = onVersion(({ expiresOn }, { now, settings }) =>
  expiresOn === undefined
    ? pass('no expiry')
    : holds(
        new Date(expiresOn) > addDuration(new Date(now), settings.nearExpiry),
        `expires on ${expiresOn}; the document wants no expiry, and far away is accepted instead`,
      ),
);

const enabled = onVersion(({ enabled: on }) => holds(on, on ? 'enabled' : 'disabled'));

const SIZES = {
  mysqlSingleServer: [2048],
  mysqlFlexibleServer: [2048, 3072, 4096],
  diskEncryptionSet: [2048, 3072, 4096],
};

const rightType = onVersion(({ keyType, keySize }, { consumer, observation }) => {
  const isRsa = keyType === 'RSA' || keyType === 'RSA-HSM';
  if (isRsa && keySize === undefined) return unclear(`the size of this ${keyType} key was not told`);
  return holds(
    isRsa && SIZES[consumer.kind].includes(keySize ?? 0),
    `${keyType} ${keySize ?? ''}; ${consumer.kind} takes RSA ${SIZES[consumer.kind].join(', ')}`,
    newKey(observation.key),
  );
});

/** Less than 90 days of retention make it CustomizedRecoverable, which a single server does not take. */
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

const recoverable = (path: PathFacts): Judgement => {
  const { loss } = path.observation;
  if (loss?.kind === 'present' && loss.value.kind === 'deleted')
    return holds(loss.value.recoverableUntil > path.now, `recoverable until ${loss.value.recoverableUntil}`);
  return onVersion(({ recoveryLevel = '' }) =>
    holds(recoveryLevel.includes('Recoverable'), recoveryLevel || 'no recovery level'),
  )(path);
};

const DAY_MS = 86_400_000;

/** Days until what was deleted is gone for good. */
const noCountdown = (path: PathFacts): Judgement => {
  const { loss, vaultLoss } = path.observation;
  const ends = [loss, vaultLoss].flatMap((fact) =>
    fact?.kind === 'present' && fact.value.kind === 'deleted' ? [fact.value.recoverableUntil] : [],
  );
  const days = Math.min(...ends.map((end) => (Date.parse(end) - Date.parse(path.now)) / DAY_MS));
  if (ends.length === 0) return pass('nothing of this path is deleted');
  return holds(days >= 7, `${Math.floor(days)} days until it is purged`);
};

const ageAllowed = onVersion(({ createdOn, version }, { now, settings, observation: { current } }) => {
  const isOld = addDuration(new Date(createdOn || now), settings.maximumKeyAge) < new Date(now);
  const isCurrent = current?.kind !== 'present' || current.value.version === version;
  const made = `made on ${createdOn}`;
  if (isOld) return fail(`${made}, older than ${settings.maximumKeyAge}`);
  return holds(isCurrent, isCurrent ? made : `${made}; the current version is another`);
});

/** What older wraps need stays in use until all is wrapped anew; a disabled former version loses old backups. */
const formerVersionsKept = (path: PathFacts): Judgement =>
  judged(
    path.history,
    (versions) => {
      const off = versions.filter(({ enabled: on }) => !on).map(({ version }) => version);
      return holds(
        off.length === 0,
        off.length === 0
          ? `${versions.length} versions, all enabled`
          : `disabled: ${off.join(', ')}; backups made with them cannot be restored`,
      );
    },
    () => unclear('the versions of the key are not there to judge'),
  );

const previousKept = (path: PathFacts): Judgement => {
  if (path.consumer.use !== 'previous') return notApplicable('it is not being wrapped anew');
  return onVersion(({ enabled: on, kid }) =>
    holds(on, `${kid} is ${on ? 'enabled' : 'disabled'} while it is still needed`),
  )(path);
};

/** Enabled, active and not expired: what a disk needs of every key that it still hangs on. */
const keyUsable = (path: PathFacts): Judgement => {
  const wrong = [keyThere, enabled, active, notExpired]
    .map((check) => check(path))
    .find(({ verdict }) => verdict !== 'pass');
  return wrong ?? pass(`${path.consumer.pinned.kid} (${path.consumer.use ?? 'active'}) can be used`);
};

const pinWellFormed = ({ consumer, resource, observation: { vault } }: PathFacts): Judgement => {
  const { kid } = consumer.pinned;
  const source = resource.kind === 'present' ? resource.value.sourceVaultId?.toLowerCase() : undefined;
  if (!parseKeyId(kid)?.version) return fail(`'${kid}' is no key version`);
  if (source === undefined || vault.kind !== 'present') return pass(`${kid}; no other vault is named`);
  return holds(source === vault.value.id.toLowerCase(), `${kid}, beside the vault ${source}`);
};

const asymmetricInVault = (path: PathFacts): Judgement =>
  onVersion(({ keyType, kid }) =>
    holds(/^(RSA|EC)/.test(keyType) && kid.startsWith(keyName(path)), `${keyType} in ${path.observation.key.host}`),
  )(path);

export const KEY_CHECKS = {
  keyVersionPresent: { judge: keyThere, page: 'keyDeleted' },
  pinWellFormed: { judge: pinWellFormed, page: 'keyVersionMissing' },
  everyKeyUsable: { judge: keyUsable, page: 'machinesShutDown' },
  asymmetricKeyInVault: { judge: asymmetricInVault, page: 'keyTypeUnsupported' },
  keyAgeAllowed: { judge: ageAllowed, page: 'consumerPinnedToOldVersion' },
  previousKeyKept: { judge: previousKept, page: 'keyDisabled' },
  noPurgeCountdown: { judge: noCountdown, page: 'keyDeleted' },
  stillRecoverable: { judge: recoverable, page: 'keyPurged' },
  keyTypeSupported: { judge: rightType, page: 'keyTypeUnsupported' },
  keyActive: { judge: active, page: 'keyNotYetActive' },
  noNearExpiry: { judge: noNearExpiry, page: 'keyNearExpiry' },
  keyEnabled: { judge: enabled, page: 'keyDisabled' },
  fullyRecoverable: { judge: fullyRecoverable, page: 'recoveryLevelInsufficient' },
  notPurgeable: { judge: notPurgeable, page: 'purgeProtectionOff' },
  notExpired: { judge: notExpired, page: 'keyExpired' },
  formerVersionsKept: { judge: formerVersionsKept, page: 'keyDisabled' },
} as const satisfies Checks<PathFacts>;
