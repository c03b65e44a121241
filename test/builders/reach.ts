import type { Reach, ScopeSetting } from '../../src/remediation/model/reach.ts';

/** The reach of a setting that names no management group. */
export const fixedReach = ({ named, excluded }: Pick<ScopeSetting, 'named' | 'excluded'>): Reach => ({
  named,
  scopes: named,
  excluded,
  managementGroups: [],
  unread: [],
});
