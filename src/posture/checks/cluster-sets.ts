import type { ClusterFacts } from '../facts.ts';

export const SET = '<id of a disk encryption set>';

export const setOf = ({ encryptionSet = SET }: ClusterFacts): string => encryptionSet;
