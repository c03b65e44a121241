/** Set by jest.exhaustive.config.js, which runs every suite that imports this file once more. */
declare const EXHAUSTIVE: boolean | undefined;

export const isExhaustive = typeof EXHAUSTIVE !== 'undefined';

/** How often a property is tried: as often as this by the exhaustive suite, a tenth of it by `npm test`. */
export const runs = (full: number): number => (isExhaustive ? full : Math.ceil(full / 10));
