/**
 * A name or a title that a person gave. It has a direction of its own, so that it does not turn the text around it. The
 * interface is translated already, this is not: the browser may do that. A translation replaces the text nodes, so another
 * text gets another element.
 */
export const UserText = ({ text }: { text: string }) => (
  <bdi key={text} translate={true}>
    {text}
  </bdi>
);
