const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Quotes a text so that a POSIX shell reads it as one word with exactly this content. */
export const shellWord = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * Texts that the Azure CLI does not read as a value, however they are quoted: an option, or the name of a file whose content is
 * sent instead, also behind the first `=` (azure-cli-core, `_expand_file_prefixed_files`). Control characters, which a reader
 * cannot see, are refused as well.
 */
const OTHER_THAN_VALUE = /^(?:-|[^=]*=@|@)|[^\P{Cc}\n\t]/u;

const tame = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd').replaceAll('=@', '= @');

/**
 * Quotes a value from outside for a command of the Azure CLI. A text that the CLI would not read as a value is put in angle
 * brackets, as a placeholder that the reader must fill.
 */
export const azValue = (text: string): string => shellWord(OTHER_THAN_VALUE.test(text) ? `<${tame(text)}>` : text);
