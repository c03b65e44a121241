import type { Facts } from '../facts.ts';

/** Nobody is told for certain that a role is missing who may have it in a way that was not looked at. */
export const unlessByGroup = ({ groups }: Pick<Facts, 'groups'>): string =>
  groups.kind === 'unknown' ? ' It may have one through a group: which groups it is in could not be seen.' : '';
