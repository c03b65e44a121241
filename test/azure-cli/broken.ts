import type { FullWorld } from '../../local/cloud/create-world.ts';
import { breakLink } from '../builders/breaking/break-link.ts';
import { principalOf } from '../builders/breaking/find-subject.ts';
import { LINKS, type Link } from '../builders/breaking/links.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import type { State } from '../docs/runbooks/by-azure-cli.ts';

type Break = (world: FullWorld, subject: Subject) => void;

const DAY_SECONDS = 86_400;

const without =
  (operation: string): Break =>
  ({ keyVault }, { vault }) => {
    const all = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
    keyVault.setAttributes(vault, KEY_NAME, undefined, { keyOps: all.filter((one) => one !== operation) });
  };

const BREAKS: Readonly<Record<State, Break>> = {
  cannotUnwrap: without('unwrapKey'),
  cannotWrap: without('wrapKey'),
  notYetActive: ({ clock, keyVault }, { vault }) =>
    void keyVault.setAttributes(vault, KEY_NAME, undefined, { nbf: Math.floor(clock.now() / 1_000) + DAY_SECONDS }),
  readerTaken: (world, subject) => {
    const scope = world.keyVault.vault(subject.vault)?.id ?? '';
    const held = world.rbac.assignments().filter((one) => one.principalId === principalOf(world, subject));
    for (const { name } of held.filter((one) => one.scope === scope)) world.rbac.unassign(scope, name);
  },
};

const isLink = (broken: Link | State): broken is Link => LINKS.some((one) => one === broken);

/** Brings about the state that a page is for. */
export const breakAs = (world: FullWorld, subject: Subject, broken: Link | State): void =>
  isLink(broken) ? breakLink(world, subject, broken) : BREAKS[broken](world, subject);
