import { useSignal } from '@preact/signals';

type Props = { src: string | null | undefined; class: string | undefined };

/** A decorative image from any address: a picture of a person, a logo. One that does not load takes no space. */
export function Picture({ src, class: className }: Props) {
  const broken = useSignal<string | undefined>(undefined);
  if (!src || broken.value === src) return null;
  const fail = () => {
    broken.value = src;
  };
  // The site of the image must not learn which meeting shows it.
  return <img class={className} src={src} alt="" referrerpolicy="no-referrer" decoding="async" onError={fail} />;
}
