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
  /** Shows a notification: for a while after success, until it is dismissed after a failure. */
  notify(text: Text, tone?: 'good' | 'bad'): void;
};

export const PortalContext = createContext<PortalContextValue | undefined>(undefined);

/** Models and functions for every component of the home screen. */
export const usePortal = (): PortalContextValue => {
  const value = useContext(PortalContext);
  if (!value) throw new Error('This component must be inside the home screen.');
  return value;
};
