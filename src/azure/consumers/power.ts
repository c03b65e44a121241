import type { Machine } from '../../remediation/model/facts.ts';

const POWER: Readonly<Record<string, Machine['power']>> = {
  'powerstate/running': 'running',
  'powerstate/stopped': 'stopped',
  'powerstate/deallocated': 'deallocated',
};

/** The product's word for a power state of Azure, `PowerState/running`. */
export const powerOf = (code: string): Machine['power'] => POWER[code.toLowerCase()] ?? 'other';
