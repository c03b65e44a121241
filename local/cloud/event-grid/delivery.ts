/** One event on its way to one subscription, already in its schema. Instants are milliseconds. */
export type Delivery = {
  id: string;
  event: Record<string, unknown>;
  publishedAt: number;
  dueAt: number;
  attempts: number;
};
