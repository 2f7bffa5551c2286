import { useLayoutEffect, useRef } from 'preact/hooks';

/** A picture without sound: what people say is played elsewhere. */
export function Video({ stream, class: className }: { stream: MediaStream; class?: string | undefined }) {
  const element = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    video.srcObject = stream;
    // Refused while the page is hidden, and tried again by `autoplay`.
    void video.play?.()?.catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return <video ref={element} class={className} autoplay playsInline muted disablePictureInPicture />;
}
