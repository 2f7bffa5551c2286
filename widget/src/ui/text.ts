import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Translate, translate } from '../view/i18n.ts';

/** The texts in the current language, for every component below. */
export const TextContext = createContext<Translate>((key, params) => translate('en', key, params));

export const useText = (): Translate => useContext(TextContext);
