import * as z from 'zod/mini';

/** Line breaks and other control characters, and signs that turn the direction of what follows: a reader would see other text. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const LONGEST = 500;

const say = (message: string) => ({ message });

/**
 * What people write for people: one line of at most 500 characters. It goes into the ledger, into messages and beside commands,
 * where a sign of its beginning must not mean more than itself: the Azure CLI reads `@` as the name of a file.
 */
export const freeText = z.string().check(
  z.trim(),
  z.minLength(1, say('write a reason')),
  z.maxLength(LONGEST, say(`write at most ${LONGEST} characters`)),
  z.refine((text) => !UNSEEN.test(text), say('write one line, without line breaks and control characters')),
  z.refine((text) => !text.startsWith('@'), say('begin with something else than @')),
);
