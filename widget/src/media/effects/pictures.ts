import dusk from './pictures/dusk.svg?url';
import office from './pictures/office.svg?url';
import shelf from './pictures/shelf.svg?url';

/** Background images that the platform serves. */
export const pictures = { office, shelf, dusk } as const;
export type PictureName = keyof typeof pictures;
export const pictureNames = Object.keys(pictures) as PictureName[];

const [width, height] = [1280, 720];

/** Draws an image so that it fills the size of a video; rejects if the address is no image. */
const draw = async (url: string): Promise<HTMLCanvasElement> => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const scale = Math.max(width / (image.naturalWidth || width), height / (image.naturalHeight || height));
  const [across, down] = [(image.naturalWidth || width) * scale, (image.naturalHeight || height) * scale];
  canvas.getContext('2d')?.drawImage(image, (width - across) / 2, (height - down) / 2, across, down);
  return canvas;
};

export const bitmapOf = async (url: string): Promise<ImageBitmap> => createImageBitmap(await draw(url));

/** Converts an image of the user into a short `data:` URL, in the size of a video. It is not sent anywhere. */
export const ownPicture = async (file: Blob): Promise<string> => {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return (await draw(url)).toDataURL('image/jpeg', 0.85);
};
