/** As in package.json: a test holds them together, since a deployed app need not have that. */
export const VERSION = '0.1.0';
