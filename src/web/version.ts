/** The same as in package.json, which a deployed app may lack: a test compares the two. */
export const VERSION = '0.2.0';
