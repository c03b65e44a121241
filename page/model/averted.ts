type Incident = { readonly isRepaired: boolean; readonly minutesDown: readonly number[] };

/**
 * Minutes of outage that did not happen. A person is taken to need `manualMinutes` minutes; of that comes off how long each consumer of an
 * incident that the product has repaired was down all the same. What it has not repaired counts nothing.
 */
export const minutesAverted = (incidents: readonly Incident[], manualMinutes: number): number =>
  incidents
    .filter(({ isRepaired }) => isRepaired)
    .flatMap(({ minutesDown }) => minutesDown)
    .reduce((sum, minutes) => sum + Math.max(0, manualMinutes - minutes), 0);
