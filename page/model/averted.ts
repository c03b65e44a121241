type Healed = {
  readonly isOpen: boolean;
  readonly writes: readonly { readonly outcome?: string }[];
  readonly consumers: readonly { readonly minutesDown: number }[];
};

const wasRepaired = ({ isOpen, writes }: Healed): boolean =>
  !isOpen && writes.some(({ outcome }) => outcome === 'done');

/**
 * Minutes of outage that did not happen. A person is taken to need `byHand` minutes; of that comes off how long each consumer of an
 * incident that the product has repaired was down all the same. What it has not repaired counts nothing.
 */
export const minutesAverted = (incidents: readonly Healed[], byHand: number): number =>
  incidents
    .filter(wasRepaired)
    .flatMap(({ consumers }) => consumers)
    .reduce((sum, { minutesDown }) => sum + Math.max(0, byHand - minutesDown), 0);
