import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { HomeModel } from '../../model/home/home.ts';
import type { AppModel } from '../../model/types.ts';
import type { Format } from '../../view/home/format.ts';
import type { HomeTranslate, Text } from '../../view/home/text.ts';

export type HomeContextValue = {
  app: AppModel;
  home: HomeModel;
  t: HomeTranslate;
  format: Format;
  /** Shows a line for a while, or, when something went wrong, until it is dismissed. */
  say(text: Text, tone?: 'good' | 'bad'): void;
};

export const HomeContext = createContext<HomeContextValue | undefined>(undefined);

/** What every component of the home screen has at hand. */
export const useHome = (): HomeContextValue => {
  const value = useContext(HomeContext);
  if (!value) throw new Error('There is no home screen around this.');
  return value;
};
