import type { Checks } from '../check.ts';
import type { ProductFacts } from '../facts.ts';
import { shellWords } from '../shell-words.ts';
import { without } from './without.ts';

const FORMATS = /\.(pfx|byok|backup)$/i;

const importable = without('file of a format that Key Vault does not import', ({ commands }) =>
  commands.flatMap((one) => {
    const words = /az keyvault key (import|restore|backup)/.test(one) ? (shellWords(one) ?? []) : [];
    return words
      .filter((_text, at) => /^--(byok-|pem-)?file$/.test(words[at - 1] ?? ''))
      .filter((file) => !FORMATS.test(file));
  }),
);

/** The document's own examples have these faults. The product's commands must not have them. */
const unparsed = without('command that a shell does not read, or with two words run together', ({ commands }) =>
  commands.filter((one) => {
    const words = shellWords(one);
    return (
      words === undefined ||
      words.some(
        (text) => /^-{1,2}[\w-]+\s/.test(text) || /^[^-].*(-[gln]|--(name|location|resource-group))$/.test(text),
      )
    );
  }),
);

const borrowed = without('name out of an example', ({ commands }) =>
  commands.filter((one) => /ssecmk|myResourceGroup|myKeyVault|myDiskEncryptionSet/i.test(one)),
);

const unset = without('variable that nobody sets', ({ commands }) => commands.filter((one) => /\$\{?\w/.test(one)));

const dashes = without('dash that is no hyphen', ({ commands }) =>
  commands.filter((one) => /[\u2010-\u2015\u2212]/.test(one)),
);

const headless = without('command that does not begin with its program', ({ commands }) =>
  commands.filter((one) => !/^(az|printf|kubectl) /.test(one)),
);

export const COMMAND_CHECKS = {
  commandsParse: { judge: unparsed },
  noBorrowedNames: { judge: borrowed },
  noUnsetVariable: { judge: unset },
  noTypographicDash: { judge: dashes },
  commandsComplete: { judge: headless },
  importFormats: { judge: importable, page: 'keyPurged' },
} as const satisfies Checks<ProductFacts>;
