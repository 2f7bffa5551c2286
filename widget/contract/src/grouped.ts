/** A number in groups, as people read it out. */
export const grouped = (code: string): string =>
  code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3').replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
