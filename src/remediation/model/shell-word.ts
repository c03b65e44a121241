const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word that a POSIX shell reads as this text, whatever is in it. */
export const shellWord = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
