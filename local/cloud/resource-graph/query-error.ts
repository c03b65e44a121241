/** A query that is wrong (`invalid`), or that the real service might answer and this one cannot (`not simulated`). */
export class QueryError extends Error {
  readonly kind: 'invalid' | 'not simulated';

  constructor(kind: QueryError['kind'], message: string) {
    super(message);
    this.name = 'QueryError';
    this.kind = kind;
  }
}
