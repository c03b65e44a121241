import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { SignedIn } from '../sign-in/signed-in.ts';
import { LANGUAGES, type Language } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';
import { TASTES, type Taste } from './theme.ts';

const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

type Props = {
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
  readonly who: SignedIn | undefined;
  readonly onWho: (who: SignedIn | undefined) => void;
  readonly onKeys: () => void;
};

const OfWho = ({ who, onWho }: { readonly who: SignedIn; readonly onWho: Props['onWho'] }) => {
  const { say } = useWords();
  const { refreshRights } = who;
  const roles = who.roles.length > 0 ? say('shell.roles', { roles: who.roles.join(', ') }) : say('shell.noRoles');
  return (
    <MenuGroup>
      <MenuGroupHeader>{who.kind === 'key' ? say('shell.byKey') : `${who.name ?? ''} · ${roles}`}</MenuGroupHeader>
      {refreshRights && (
        <MenuItem onClick={() => void refreshRights().then(onWho)}>{say('shell.refreshRights')}</MenuItem>
      )}
      <MenuItem onClick={() => void who.signOut().then(() => onWho(undefined))}>
        {say(who.kind === 'key' ? 'shell.forgetKey' : 'shell.signOut')}
      </MenuItem>
    </MenuGroup>
  );
};

const Tastes = ({ taste, onTaste }: Pick<Props, 'taste' | 'onTaste'>) => {
  const { say, language, choose } = useWords();
  return (
    <MenuList
      checkedValues={{ taste: [taste], language: [language] }}
      onCheckedValueChange={(_event, { name, checkedItems: [chosen] }) =>
        name === 'taste' ? onTaste(chosen as Taste) : choose(chosen as Language)
      }
    >
      <MenuGroup>
        <MenuGroupHeader>{say('shell.theme')}</MenuGroupHeader>
        {TASTES.map((one) => (
          <MenuItemRadio key={one} name="taste" value={one}>
            {say(`shell.theme.${one}`)}
          </MenuItemRadio>
        ))}
      </MenuGroup>
      <MenuGroup>
        <MenuGroupHeader>{say('shell.language')}</MenuGroupHeader>
        {LANGUAGES.map((one) => (
          <MenuItemRadio key={one} name="language" value={one} lang={one}>
            {OWN_NAMES[one]}
          </MenuItemRadio>
        ))}
      </MenuGroup>
    </MenuList>
  );
};

/** The person who is signed in, and their settings of the page. */
export const SettingsMenu = ({ taste, onTaste, who, onWho, onKeys }: Props) => {
  const { say } = useWords();
  const label = who?.name ?? say(who?.kind === 'key' ? 'shell.readOnly' : 'shell.you');
  return (
    <Menu inline positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" className="you">
          {label}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        {who && (
          <MenuList>
            <OfWho who={who} onWho={onWho} />
            <MenuItem onClick={onKeys}>{say('shell.keys')}</MenuItem>
            <MenuDivider />
          </MenuList>
        )}
        <Tastes taste={taste} onTaste={onTaste} />
      </MenuPopover>
    </Menu>
  );
};
