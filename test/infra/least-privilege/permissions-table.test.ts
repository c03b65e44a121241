import { describe, expect, it } from 'vitest';
import { ACTION_ROWS } from './actions.ts';
import { actionsByPart } from './permissions-table.ts';

describe('The permissions of the product', () => {
  it('are each told with their need: none that infra deploys is left out, and none is told of that it does not deploy', () => {
    expect(Object.keys(ACTION_ROWS).toSorted()).toEqual(
      actionsByPart()
        .map(({ action }) => action)
        .toSorted(),
    );
  });
});
