import { describe, expect, it } from 'vitest';
import { ACTION_ROWS } from './actions.ts';
import { actionsByPart, rowOf } from './permissions-table.ts';

describe('The permissions of the product', () => {
  it('are each told with their need: none that infra deploys is left out, and none is told of that it does not deploy', () => {
    const why = 'the rows of test/infra/least-privilege/actions.ts have to be the actions of infra/custom-role-*.json';
    expect(Object.keys(ACTION_ROWS).toSorted(), why).toEqual(
      actionsByPart()
        .map(({ action }) => action)
        .toSorted(),
    );
  });

  it('are asked for by the name of the file where they are told', () => {
    expect(() => rowOf('Contoso.Cache/caches/read')).toThrow(
      'Contoso.Cache/caches/read is in the role and has no row: write it in test/infra/least-privilege/actions.ts.',
    );
  });
});
