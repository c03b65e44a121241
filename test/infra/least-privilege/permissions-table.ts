import { PRODUCT_PARTS, type ProductPart, productRole } from '../../../local/cloud/worlds/product-role.ts';
import { ACTION_ROWS, type ActionRow } from './actions.ts';

/** Every action and data action (`data …`) of the role, by its part, in the order of infra/custom-role-*.json. */
export const actionsByPart = (): readonly { readonly part: ProductPart; readonly action: string }[] =>
  PRODUCT_PARTS.flatMap((part) => {
    const [{ actions, dataActions }] = productRole(part).permissions;
    return [...actions, ...dataActions.map((one) => `data ${one}`)].map((action) => ({ part, action }));
  });

/** The row of an action. Throws where nobody has said yet what it is needed for. */
export const rowOf = (action: string): ActionRow => {
  const row = ACTION_ROWS[action];
  if (row !== undefined) return row;
  throw new Error(`${action} is in the role and has no row: write it in test/infra/least-privilege/actions.ts.`);
};

/** The table of docs/security/permissions.md. */
export const permissionsTable = (): string =>
  [
    '| action | part | what needs it | in wrong hands |',
    '|---|---|---|---|',
    ...actionsByPart().map(({ part, action }) => {
      const { need, inWrongHands } = rowOf(action);
      return `| \`${action.replace('data ', '')}\`${action.startsWith('data ') ? ' (data)' : ''} | ${part} | ${need} | ${inWrongHands} |`;
    }),
  ].join('\n');
