/** The background: the blurred video itself, or an image. */
export type Behind = 'blur' | ImageBitmap;

const contextOf = (canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D => {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws on no canvas in a worker.');
  return context;
};

/** The blurred copy is smaller by this factor, because it needs few pixels. */
const blurScale = 4;

/** Draws the person of a frame over a background, in the size of the frame. */
export const createComposer = () => {
  const out = contextOf(new OffscreenCanvas(16, 16));
  const small = contextOf(new OffscreenCanvas(16, 16));
  const fit = ({ canvas }: OffscreenCanvasRenderingContext2D, width: number, height: number): void => {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  };
  const drawBlurred = (frame: VideoFrame, width: number, height: number): void => {
    fit(small, Math.ceil(width / blurScale), Math.ceil(height / blurScale));
    // Draw beyond the edges of the canvas, because the blur makes the edges transparent.
    const bleed = small.canvas.width / 40;
    small.filter = `blur(${Math.max(2, small.canvas.width / 40)}px)`;
    small.drawImage(frame, -bleed, -bleed, small.canvas.width + 2 * bleed, small.canvas.height + 2 * bleed);
    out.drawImage(small.canvas, 0, 0, width, height);
  };
  const drawPicture = (picture: ImageBitmap, width: number, height: number): void => {
    // Fill the frame; the rest of the image is cut off at both sides.
    const scale = Math.max(width / picture.width, height / picture.height);
    const [across, down] = [picture.width * scale, picture.height * scale];
    out.drawImage(picture, (width - across) / 2, (height - down) / 2, across, down);
  };
  return (frame: VideoFrame, mask: OffscreenCanvas, behind: Behind): OffscreenCanvas => {
    const { displayWidth: width, displayHeight: height } = frame;
    fit(out, width, height);
    out.globalCompositeOperation = 'copy';
    // The mask is coarse: its edge becomes soft.
    out.filter = `blur(${Math.max(1, Math.round(width / 320))}px)`;
    out.drawImage(mask, 0, 0, width, height);
    out.filter = 'none';
    out.globalCompositeOperation = 'source-in';
    out.drawImage(frame, 0, 0, width, height);
    out.globalCompositeOperation = 'destination-over';
    if (behind === 'blur') drawBlurred(frame, width, height);
    else drawPicture(behind, width, height);
    return out.canvas;
  };
};
