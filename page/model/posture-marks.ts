type Judged = { readonly subject: string; readonly row: string; readonly statement: string; readonly evidence: string };

const normal = (id: string): string => id.toLowerCase();

/** The failed rows, by their subject. Azure writes the same id in capitals and in small letters. */
export const failuresBySubject = <Line extends Judged>(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> =>
  Map.groupBy(lines, ({ subject }) => normal(subject));

/** The marks of a consumer and of its key, since the owner answers for both. */
export const failuresOf = <Line extends Judged>(
  failures: ReadonlyMap<string, readonly Line[]>,
  ids: readonly (string | undefined)[],
): readonly Line[] => ids.flatMap((id) => (id === undefined ? [] : (failures.get(normal(id)) ?? [])));
