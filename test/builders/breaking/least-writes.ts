import type { Kind, Link } from './links.ts';
import type { Subject } from './subjects.ts';
import type { WriteName } from './write-names.ts';

/** The writes that give each kind its identity and its key again. */
const UPDATES: Readonly<Record<Kind, { readonly identity: WriteName; readonly key: WriteName }>> = {
  single: { identity: 'update', key: 'set key' },
  flexible: { identity: 'update', key: 'update' },
  set: { identity: 'update', key: 'update' },
};

/** Links without which a running server refuses its users; a flexible one goes on with an expired key. */
const stops = (kind: Kind, link: Link): boolean =>
  link !== 'copyFresh' && !(link === 'keyExpired' && kind !== 'single');

const grants = ({ kind, links, model }: Subject): boolean =>
  links.includes('accessRemoved') ||
  (links.includes('identityRemoved') && kind !== 'flexible') ||
  (links.includes('vaultDeleted') && model === 'roles');

/** The right to read the vault is a role assignment under either model: it is deleted with the vault, or with the principal. */
const grantsReader = ({ kind, links }: Subject): boolean =>
  kind === 'set' && (links.includes('vaultDeleted') || links.includes('identityRemoved'));

const copyWrites = ({ kind, links }: Subject): readonly WriteName[] => {
  if (!links.includes('copyFresh')) return [];
  return kind === 'single' ? ['update copy', 'grant access', 'set key of copy'] : ['update copy'];
};

/**
 * The fewest writes that heal the subject, sorted. A repair that several links need is written once: one grant for an identity
 * that is new, lost its access, or lost it with the vault; one revalidation for any number of breaks. A disk encryption set has
 * no state that shows its key: it is updated only to prove a grant.
 */
export const leastWrites = (subject: Subject): readonly WriteName[] => {
  const { kind, links } = subject;
  const { identity, key } = UPDATES[kind];
  const revalidated = kind === 'set' ? grants(subject) : links.some((link) => stops(kind, link));
  const own: readonly (readonly [boolean, WriteName])[] = [
    [links.includes('vaultDeleted'), 'recover vault'],
    [links.includes('networkClosed'), 'write rules'],
    [links.includes('keyDeleted'), 'recover key'],
    [links.includes('keyDisabled'), 'update key'],
    [links.includes('keyExpired'), 'update key'],
    [links.includes('identityRemoved'), identity],
    [grants(subject), 'grant access'],
    [grantsReader(subject), 'grant reader'],
    [revalidated, key],
  ];
  return [...own.filter(([needed]) => needed).map(([, name]) => name), ...copyWrites(subject)].sort();
};
