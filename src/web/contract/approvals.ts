import * as z from 'zod/mini';
import { freeText } from '../free-text.ts';
import { nothing } from './parameters.ts';
import type { Body, ContractRow } from './row.ts';

/** Members of an approval: its expiry, a comment for readers, and the number of a ticket or change. */
const beside = {
  expires: z.optional(z.iso.datetime()),
  comment: z.optional(freeText),
  ticket: z.optional(freeText.check(z.maxLength(100, { error: 'write at most 100 characters' }))),
};

export const approval = {
  schema: z.strictObject(beside),
  examples: [{}, { expires: '2026-07-01T12:00:00Z' }, { comment: 'as agreed with the owner', ticket: 'CHG0012345' }],
} as const satisfies Body;

/** The SHA-256 of the steps of a plan, or the first digits of it, as people read them out. */
export const PLAN_NAME = /^[0-9a-f]{6,64}$/i;

/** The whole SHA-256, which an approval needs: a stranger can cause a plan whose id has the same beginning. */
export const WHOLE_ID = /^[0-9a-f]{64}$/i;

const wholeId = z
  .string()
  .check(z.regex(WHOLE_ID, { error: 'write the whole id of a plan: GET /api/plans/{number} tells it' }));

const MOST = 100;

const once = (all: readonly { readonly planId: string }[]): boolean =>
  new Set(all.map(({ planId }) => planId.toLowerCase())).size === all.length;

export const manyApprovals = {
  schema: z
    .array(z.strictObject({ planId: wholeId, ...beside }))
    .check(
      z.minLength(1, { error: 'name a plan' }),
      z.maxLength(MOST, { error: `name at most ${MOST} plans` }),
      z.refine(once, { error: 'name each plan once' }),
    ),
  examples: [
    [
      { planId: '0123abcd'.repeat(8), comment: 'as agreed with the owner' },
      { planId: '4567cdef'.repeat(8), ticket: 'CHG0012345' },
    ],
  ],
} as const satisfies Body;

export const rejection = {
  schema: z.strictObject({ why: freeText }),
  examples: [{ why: 'the customer leaves tomorrow' }],
} as const satisfies Body;

const vaultId = z.string().check(z.minLength(1), z.maxLength(1_000));

export const vaultMove = {
  schema: z.strictObject({
    host: z.optional(z.string().check(z.maxLength(100))),
    from: vaultId,
    to: vaultId,
    why: freeText,
  }),
  examples: [
    {
      from: '/subscriptions/…/resourceGroups/old/providers/Microsoft.KeyVault/vaults/contoso',
      to: '/subscriptions/…/resourceGroups/new/providers/Microsoft.KeyVault/vaults/contoso',
      why: 'moved to the group of its team',
    },
  ],
} as const satisfies Body;

const planId = {
  is: 'the SHA-256 of the steps of a plan, or its first 6 digits or more',
  schema: z.string().check(z.regex(PLAN_NAME)),
  example: '0'.repeat(64),
};

export const approvals = {
  'get-plan': { summary: 'A plan that is asked in an open incident.', params: { planId }, query: nothing },
  'approve-plan': {
    summary: 'Says yes to a plan that was asked. Nobody approves what they have requested.',
    params: { planId },
    query: nothing,
    body: approval,
  },
  'approve-plans': {
    summary: 'Says yes to several plans at once, each by its id. One that is refused takes none of the others with it.',
    query: nothing,
    body: manyApprovals,
  },
  'reject-plan': {
    summary: 'Says no to a plan that was asked, and why. Another approver may still approve it.',
    params: { planId },
    query: nothing,
    body: rejection,
  },
  'accept-vault-move': {
    summary: 'Says that the vault which bears the name now is ours: it was moved, or made again on purpose.',
    query: nothing,
    body: vaultMove,
  },
} as const satisfies Readonly<Record<string, ContractRow>>;
