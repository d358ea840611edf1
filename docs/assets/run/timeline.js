/* The timeline of a run, as elements. It is drawn where the program ran, so it is trusted as little as the program:
 * what is not in these lists is left out. */

const ELEMENTS = new Set(
  ("div p span ul ol li details summary table caption thead tbody tr th td code b em strong time abbr " +
    "svg g rect line circle ellipse path polyline polygon text tspan title desc defs pattern marker clippath").split(" "),
);
const ATTRIBUTES = /^(?:class|id|role|tabindex|scope|colspan|open|title|datetime|aria-[a-z]+|data-[a-z-]+|x|y|x1|x2|y1|y2|dx|dy|r|rx|ry|cx|cy|d|points|width|height|viewbox|preserveaspectratio|transform|patternunits|patterntransform|patterncontentunits|text-anchor|dominant-baseline|font-weight|overflow|markerwidth|markerheight|refx|refy|orient|vector-effect|focusable|xmlns)$/;
const PAINTS = /^(?:fill|stroke|clip-path|marker-start|marker-end|mask)$/;

/** A fragment made of HTML that nobody vouches for. */
export function drawn(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.body.querySelectorAll("*")) {
    if (!ELEMENTS.has(element.localName.toLowerCase())) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes]) {
      const paints = PAINTS.test(name) && (!value.includes("(") || /^url\(#[\w.:-]+\)$/.test(value));
      if (!paints && !ATTRIBUTES.test(name.toLowerCase())) element.removeAttribute(name);
    }
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}
