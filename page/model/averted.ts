type Incident = { readonly isRepaired: boolean; readonly minutesDown: readonly number[] };

/**
 * Minutes of outage that the product prevented. A manual repair is assumed to take `manualMinutes`; for each consumer of a
 * repaired incident the time that it was down all the same is subtracted. Incidents that the product did not repair count zero.
 */
export const minutesAverted = (incidents: readonly Incident[], manualMinutes: number): number =>
  incidents
    .filter(({ isRepaired }) => isRepaired)
    .flatMap(({ minutesDown }) => minutesDown)
    .reduce((sum, minutes) => sum + Math.max(0, manualMinutes - minutes), 0);
