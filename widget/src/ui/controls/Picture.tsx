import { useSignal } from '@preact/signals';

type Props = { src: string | null | undefined; class: string | undefined };

/** An ornament from anywhere: a picture of a person, a logo. One that does not load leaves no gap. */
export function Picture({ src, class: className }: Props) {
  const broken = useSignal<string | undefined>(undefined);
  if (!src || broken.value === src) return null;
  const fail = () => {
    broken.value = src;
  };
  // The site that the picture comes from need not know which meeting shows it.
  return <img class={className} src={src} alt="" referrerpolicy="no-referrer" decoding="async" onError={fail} />;
}
