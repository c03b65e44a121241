import type { ListReconciliations200ValueItem } from '../../client/api.ts';

/** The state of one consumer of one key, as the API lists it; without the earlier name of its impact. */
export type Line = Omit<ListReconciliations200ValueItem, 'harm'>;

/** A key without a consumer has a line of its own. */
export const lineId = ({ id, consumer }: Pick<Line, 'id' | 'consumer'>): string => `${id}|${consumer?.id ?? ''}`;
