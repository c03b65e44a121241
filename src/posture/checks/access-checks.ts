import { inBaseline } from '../../remediation/model/baseline.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';
import { accessOf } from '../../remediation/observation/access.ts';
import { neededBy } from '../../remediation/observation/needed-permissions.ts';
import type { Checks } from '../check.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, pass, unclear } from '../judgement.ts';

const noIdentity = (path: PathFacts): Judgement => fail(`${path.consumer.name} has no identity to use its key with`);

const may =
  (wanted: (path: PathFacts) => readonly KeyPermission[]) =>
  (path: PathFacts): Judgement =>
    judged(
      accessOf(path.consumer, path.observation),
      ({ permissions }) => {
        const missing = wanted(path).filter((one) => !permissions.includes(one));
        return holds(
          missing.length === 0,
          missing.length === 0 ? `may ${permissions.join(', ')}` : `may not ${missing.join(', ')}`,
        );
      },
      () => noIdentity(path),
    );

const hasIdentity = (path: PathFacts): Judgement =>
  judged(
    path.consumer.principalId,
    (principal) => pass(principal),
    () => noIdentity(path),
  );

/**
 * An identity with a name but without a principal was deleted from Entra. A new identity with the same name is a
 * different one.
 */
const identityAlive = (path: PathFacts): Judgement => {
  const { identity, principalId } = path.consumer;
  if (principalId.kind !== 'absent') return hasIdentity(path);
  return fail(
    identity?.kind === 'user' ? `the identity ${identity.id} was deleted` : 'its identity was deleted, or never made',
  );
};

const mayReadVault = (path: PathFacts): Judgement => {
  const { vault } = path.observation;
  if (vault.kind === 'present' && vault.value.permissionModel === 'rbac')
    return notApplicable('the vault uses roles: none beside that of the key is needed');
  return judged(
    accessOf(path.consumer, path.observation),
    ({ reader }) =>
      reader === undefined
        ? unclear('whether it may read the vault was not asked for')
        : holds(reader, reader ? 'may read the vault' : 'may not read the vault'),
    () => noIdentity(path),
  );
};

const asBefore = (path: PathFacts): Judgement => {
  const before = inBaseline(path.baseline, path.consumer);
  if (before === undefined) return unclear('there is no healthy snapshot to compare with yet');
  return judged(
    accessOf(path.consumer, path.observation),
    ({ permissions }) => {
      const lost = before.permissions.filter((one) => !permissions.includes(one));
      return holds(
        lost.length === 0,
        lost.length === 0 ? 'as when it was healthy' : `lost since it was healthy: ${lost.join(', ')}`,
      );
    },
    () => noIdentity(path),
  );
};

const mayAll = (path: PathFacts): Judgement => {
  const needed = neededBy(path.consumer.kind);
  return needed ? may(() => needed)(path) : unclear(`what ${path.consumer.name} needs of its key is not known here`);
};
const mayUnwrap = may(({ consumer: { kind } }) => [
  'unwrapKey',
  ...(neededBy(kind) ?? []).filter((one) => one === 'list'),
]);

export const ACCESS_CHECKS = {
  identityPresent: { judge: hasIdentity, page: 'identityMissing' },
  accessComplete: { judge: mayAll, page: 'accessMissing' },
  readerOnVault: { judge: mayReadVault, page: 'readerMissing' },
  mayGet: { judge: may(() => ['get']), page: 'accessMissing' },
  mayWrap: { judge: may(() => ['wrapKey']), page: 'accessMissing' },
  mayUnwrap: { judge: mayUnwrap, page: 'accessMissing' },
  accessAsBefore: { judge: asBefore, page: 'accessMissing' },
  identityAlive: { judge: identityAlive, page: 'identityMissing' },
} as const satisfies Checks<PathFacts>;
