import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import type { PortalModel } from '../model/portal.ts';
import type { Format } from '../view/format.ts';
import type { PortalTranslate, Text } from '../view/text.ts';

export type PortalContextValue = {
  app: AppModel;
  portal: PortalModel;
  t: PortalTranslate;
  format: Format;
  /** Shows a notification: of success for a while, of a failure until it is dismissed. */
  notify(text: Text, tone?: 'good' | 'bad'): void;
};

export const PortalContext = createContext<PortalContextValue | undefined>(undefined);

/** What every component of the home screen has at hand. */
export const usePortal = (): PortalContextValue => {
  const value = useContext(PortalContext);
  if (!value) throw new Error('There is no home screen around this.');
  return value;
};
