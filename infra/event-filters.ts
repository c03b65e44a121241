/**
 * Prints the event subscriptions of an Azure subscription's topic as JSON: `[{name, includedEventTypes, advancedFilters}]`. They
 * come from the product's own table (src/signals/event-filters.ts).
 */
import process from 'node:process';
import { eventFilters } from '../src/signals/event-filters.ts';

const named = eventFilters().map((filter, n) => ({ name: n === 0 ? 'guardian' : `guardian-${n + 1}`, ...filter }));

process.stdout.write(`${JSON.stringify(named, undefined, 2)}\n`);
