import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Event = { readonly message: string };

/** The part of Microsoft's own renderer that reads a card (adaptivecards.io). */
type AdaptiveCards = {
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: Context): void;
    toJSON(): unknown;
    validateProperties(): { readonly validationEvents: readonly Event[] };
  };
  readonly SerializationContext: new (version: unknown) => Context;
  readonly Versions: { readonly v1_5: unknown };
};
type Context = { readonly eventCount: number; getEventAt(index: number): Event };

/**
 * Its modules import each other without file endings, so that Node cannot load them; this file is the complete build for
 * browsers.
 */
const load = (): AdaptiveCards => {
  const file = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js');
  const loaded = { exports: {} };
  new Function('module', 'exports', 'self', readFileSync(file, 'utf8'))(loaded, loaded.exports, globalThis);
  return loaded.exports as AdaptiveCards;
};

const { AdaptiveCard, SerializationContext, Versions } = load();

/**
 * The faults that Microsoft's reader of cards finds in a card at version 1.5, and its parsed form: the reader drops unknown
 * parts.
 */
export const readCard = (card: unknown): { readonly faults: readonly string[]; readonly understood: unknown } => {
  const context = new SerializationContext(Versions.v1_5);
  const read = new AdaptiveCard();
  read.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return {
    faults: [...events, ...read.validateProperties().validationEvents].map(({ message }) => message),
    understood: read.toJSON(),
  };
};
