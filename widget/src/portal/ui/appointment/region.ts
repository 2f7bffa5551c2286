import type { InvitationStyle } from '@meetframe/contract/invitationText';
import { regionalLocale } from '../../../view/regional.ts';
import { usePortal } from '../context.ts';

/** The language of the interface, and the finer one for dates. */
export const useRegion = (): Pick<InvitationStyle, 'locale' | 'region'> => {
  const locale = usePortal().app.locale.value;
  return { locale, region: regionalLocale(locale, navigator.languages) };
};
