import type { ListReconciliations200ValueItem } from '../../client/api.ts';

/** What is wrong with one consumer of one key, as the API lists it; without the earlier name of its impact. */
export type Line = Omit<ListReconciliations200ValueItem, 'harm'>;

/** A key that nobody uses has no consumer: its line is of the key. */
export const lineId = ({ id, consumer }: Pick<Line, 'id' | 'consumer'>): string => `${id}|${consumer?.id ?? ''}`;
