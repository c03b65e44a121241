import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTION_ROWS } from './actions.ts';
import { actionsByPart, permissionsTable } from './permissions-table.ts';

describe('The permissions of the product', () => {
  it('are each told with their need: none that infra deploys is left out, and none is told of that it does not deploy', () => {
    expect(Object.keys(ACTION_ROWS).toSorted()).toEqual(
      actionsByPart()
        .map(({ action }) => action)
        .toSorted(),
    );
  });

  it('stand in docs/security/permissions.md as the table is now', () => {
    const text = readFileSync(new URL('../../../docs/security/permissions.md', import.meta.url), 'utf8');
    const [, table] = /<!-- actions -->\n([\s\S]*?)\n<!-- \/actions -->/.exec(text) ?? [];
    expect(table).toBe(permissionsTable());
  });
});
