import type { Facts } from '../facts.ts';

/** Where groups could not be read, a missing role is reported with a reservation: the app may have the role by a group. */
export const unlessByGroup = ({ groups }: Pick<Facts, 'groups'>): string =>
  groups.kind === 'unknown' ? ' It may have one through a group: which groups it is in could not be seen.' : '';
