import * as z from 'zod/mini';

/**
 * Line breaks and other control characters, and characters that change the direction of the text behind them: a reader would see
 * another text.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const LONGEST = 500;

const say = (message: string) => ({ message });

/**
 * A text that people write for people: one line of at most 500 characters. It goes into the ledger, into messages and beside
 * commands. It must not begin with `@`, since the Azure CLI would take it for the name of a file.
 */
export const freeText = z.string().check(
  z.trim(),
  z.minLength(1, say('write a reason')),
  z.maxLength(LONGEST, say(`write at most ${LONGEST} characters`)),
  z.refine((text) => !UNSEEN.test(text), say('write one line, without line breaks and control characters')),
  z.refine((text) => !text.startsWith('@'), say('begin with something else than @')),
);
