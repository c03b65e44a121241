/**
 * The most consumers, findings, steps or sentences that one event of the product names: an event of Event Grid may have one
 * megabyte at most.
 */
export const MOST_NAMED = 50;
