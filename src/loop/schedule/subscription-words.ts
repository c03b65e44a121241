import { command } from '../../remediation/model/command.ts';
import { assignPart, ROLE_PARTS } from '../../remediation/model/role-parts.ts';
import type { Words } from './report-unreadable.ts';

/** A subscription as a person knows it: its name, where it has one, beside its id. */
type Named = (id: string) => string;

/** The most subscriptions that one sentence names. */
const NAMED = 20;

const listed = (ids: readonly string[], named: Named): string => {
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more, which the ledger names` : '';
  return `${ids.slice(0, NAMED).map(named).join(', ')}${more}`;
};

export const foundWords = (named: Named): Words => ({
  say: ({ id, reason }) =>
    `The subscription ${named(id)} is looked after from now on: Azure lists it ${reason}. If it is not to be, exclude it by !${id} in GUARDIAN_SCOPE.`,
  more: (count) => `${count} more subscriptions are looked after from now on; the ledger names them.`,
  together: (ids, reason) =>
    `${ids.length} subscriptions are looked after from now on: Azure lists them ${reason}. They are ${listed(ids, named)}. Exclude those that are not to be, each by ! and its id in GUARDIAN_SCOPE.`,
});

export const goneWords = (named: Named): Words => ({
  say: ({ id, reason }) =>
    `The subscription ${named(id)} lies below no management group of GUARDIAN_SCOPE any more, and was ${reason}: nothing there is looked at or repaired from now on. If it is to be, name it in GUARDIAN_SCOPE.`,
  more: (count) => `${count} more subscriptions were let go; the ledger names them.`,
  together: (ids, reason) =>
    `${ids.length} subscriptions lie below no management group of GUARDIAN_SCOPE any more, and were ${reason}: nothing in them is looked at or repaired from now on. They were ${listed(ids, named)}. Name those in GUARDIAN_SCOPE that are to be looked after.`,
});

/** `objectId`: the identity of the product. */
export const withoutKeysWords = (named: Named, objectId: string): Words => ({
  say: ({ id, reason }) =>
    `In the subscription ${named(id)} no key that a role protects can be read or repaired: ${reason}. Fix: \`${assignPart('keys', objectId, id)}\`.`,
  more: (count) => `${count} more subscriptions lack it; the ledger names them.`,
  together: (ids, reason) =>
    `In ${ids.length} subscriptions no key that a role protects can be read or repaired: ${reason}. They are ${listed(ids, named)}. Fix: add them to key_subscriptions of infra/product, or run this for each: \`${assignPart('keys', objectId, '/subscriptions/<subscription id>')}\`.`,
});

/** Why the product may not use keys in a subscription. */
export const LACKS_KEYS = `the part ${ROLE_PARTS.keys.roleName} is not assigned there`;

const show = (id: string): string =>
  command('az account show', { subscription: id.split('/')[2] ?? '', query: 'tenantId' });

const answer = (verb: 'let-go' | 'keep', id?: string): string =>
  `\`cmk-guardian ${verb}${id === undefined ? '' : ` ${id}`} --why '<why>'\``;

export const missingWords = (named: Named): Words => ({
  say: ({ id, reason }) =>
    `The subscription ${named(id)} is ${reason} below the management groups of GUARDIAN_SCOPE, and is not the only one. It is looked after as before, as far as it can be seen, until a person with the role Approver says whether it may go. ${show(id)} shows whether it is there, and whose. If it may go: ${answer('let-go', id)} (POST /api/subscriptions/release), or exclude it by !${id} in GUARDIAN_SCOPE. If it may not: ${answer('keep', id)}, and find out who moved it.`,
  more: (count) => `${count} more subscriptions are missing; the ledger names them.`,
  together: (ids, reason) =>
    `${ids.length} subscriptions are ${reason} below the management groups of GUARDIAN_SCOPE: ${listed(ids, named)}. They are looked after as before, as far as they can be seen, until a person with the role Approver says which may go. \`cmk-guardian subscriptions --missing\` lists them; ${show(ids[0] ?? '')} shows whether the first is there, and whose. If all may go: ${answer('let-go')}; if some may, name them in it (POST /api/subscriptions/release), or exclude them by ! in GUARDIAN_SCOPE. If none may: ${answer('keep')}, and find out who moved them.`,
});
