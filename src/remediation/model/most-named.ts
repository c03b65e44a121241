/** The most consumers, findings, steps or sentences that one event of the product names: one of Event Grid has a megabyte at most. */
export const MOST_NAMED = 50;
