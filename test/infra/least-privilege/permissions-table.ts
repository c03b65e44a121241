import { PRODUCT_PARTS, type ProductPart, productRole } from '../../../local/cloud/worlds/product-role.ts';
import { ACTION_ROWS } from './actions.ts';

/** Every action and data action (`data …`) of the role, by its part, in the order of infra/custom-role-*.json. */
export const actionsByPart = (): readonly { readonly part: ProductPart; readonly action: string }[] =>
  PRODUCT_PARTS.flatMap((part) => {
    const [{ actions, dataActions }] = productRole(part).permissions;
    return [...actions, ...dataActions.map((one) => `data ${one}`)].map((action) => ({ part, action }));
  });

/** The table of docs/security/permissions.md. */
export const permissionsTable = (): string =>
  [
    '| action | part | what needs it | in wrong hands |',
    '|---|---|---|---|',
    ...actionsByPart().map(({ part, action }) => {
      const { need = '?', inWrongHands = '?' } = ACTION_ROWS[action] ?? {};
      return `| \`${action.replace('data ', '')}\`${action.startsWith('data ') ? ' (data)' : ''} | ${part} | ${need} | ${inWrongHands} |`;
    }),
  ].join('\n');
