import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import { copyName, KEY_NAME, type Subject } from './subjects.ts';

/** Writes of the product, by their effect on a subject, its key, its vault, or its copy. */
export type WriteName =
  | 'recover vault'
  | 'write rules'
  | 'grant access'
  | 'grant reader'
  | 'recover key'
  | 'update key'
  | 'update'
  | 'set key'
  | 'update copy'
  | 'set key of copy';

type Shape = readonly [RegExp, WriteName];

const ROLE = 'providers/Microsoft\\.Authorization/roleAssignments/[^/]+$';

const shapes = (subject: Subject): readonly Shape[] => {
  const { name, vault } = subject;
  const vaultPath = `/vaults/${vault}`;
  const of = (one: string, update: WriteName, setKey: WriteName): readonly Shape[] => [
    [new RegExp(`^PATCH .*/(servers|flexibleServers|diskEncryptionSets)/${one}$`, 'i'), update],
    [new RegExp(`^PUT .*/servers/${one}/keys/[^/]+$`, 'i'), setKey],
  ];
  return [
    [new RegExp(`^PUT .*${vaultPath}$`, 'i'), 'recover vault'],
    [new RegExp(`^PATCH .*${vaultPath}$`, 'i'), 'write rules'],
    [new RegExp(`^PUT .*${vaultPath}/accessPolicies/add$`, 'i'), 'grant access'],
    [new RegExp(`^PUT .*${vaultPath}/keys/${KEY_NAME}/${ROLE}`, 'i'), 'grant access'],
    [new RegExp(`^PUT .*${vaultPath}/${ROLE}`, 'i'), 'grant reader'],
    [new RegExp(`^POST ${vault}\\.[^/]+/deletedkeys/${KEY_NAME}/recover$`, 'i'), 'recover key'],
    [new RegExp(`^PATCH ${vault}\\.[^/]+/keys/${KEY_NAME}/[^/]+$`, 'i'), 'update key'],
    ...of(name, 'update', 'set key'),
    ...of(copyName(subject), 'update copy', 'set key of copy'),
  ];
};

const said = ({ method, url }: Pick<LoggedRequest, 'method' | 'url'>): string => {
  const { host, pathname } = new URL(url);
  return `${method} ${host}${pathname}`;
};

/** The effect of each write on the subject, in order. A write without such an effect is shown as it was sent. */
export const writesOf = (subject: Subject, sent: readonly LoggedRequest[]): readonly string[] => {
  const own = shapes(subject);
  const isOf = new RegExp(`[/.](${subject.vault}|${subject.name}|${copyName(subject)})([/.]|$)`, 'i');
  return sent
    .map(said)
    .filter((write) => isOf.test(write.replace(/^\w+ /, '/')))
    .map((write) => own.find(([shape]) => shape.test(write))?.[1] ?? write);
};
