/** Gives the user a text as a file. */
export const download = (content: string, { type, name }: { type: string; name: string }): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // A download that has begun does not need the address.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
