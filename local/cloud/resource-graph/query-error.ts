/** An invalid query (`invalid`), or a query that the real service might answer and this cloud cannot (`not simulated`). */
export class QueryError extends Error {
  readonly kind: 'invalid' | 'not simulated';

  constructor(kind: QueryError['kind'], message: string) {
    super(message);
    this.name = 'QueryError';
    this.kind = kind;
  }
}
