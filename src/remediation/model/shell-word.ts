const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word that a POSIX shell reads as this text, whatever is in it. */
export const shellWord = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * What the Azure CLI reads as something else than a value, however it is quoted: an option, or a file in whose place its content
 * is sent, which may follow the first `=` as well (azure-cli-core, `_expand_file_prefixed_files`). What a reader cannot see
 * besides.
 */
const OTHER_THAN_VALUE = /^(?:-|[^=]*=@|@)|[^\P{Cc}\n\t]/u;

const tame = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd').replaceAll('=@', '= @');

/**
 * The same of a value from outside, for a command of the Azure CLI. Where that would not take it for a value, it stands in angle
 * brackets, as what nobody but the reader can put there.
 */
export const azValue = (text: string): string => shellWord(OTHER_THAN_VALUE.test(text) ? `<${tame(text)}>` : text);
