import type { ConsumerKind } from '../../model/facts.ts';

export const everyConsumer = (): boolean => true;

/** Rotation by itself, machines, and reading the vault as a resource: only a disk encryption set has them. */
export const onlyDiskEncryptionSets = (consumer: ConsumerKind): boolean => consumer === 'diskEncryptionSet';
