/* What the theme leaves out for those who use a keyboard or listen: a table that scrolls sideways can be reached and
 * scrolled with the arrow keys, and the search says its name.
 */
(() => {
  "use strict";

  const search = document.querySelector(".md-search[role=dialog]");
  if (search) search.setAttribute("aria-label", "Search");

  const tend = () => {
    for (const strip of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (strip.scrollWidth > strip.clientWidth) {
        strip.tabIndex = 0;
        strip.setAttribute("role", "group");
        strip.setAttribute("aria-label", "A table that scrolls sideways");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) strip.removeAttribute(name);
      }
    }
  };
  // The theme wraps tables when the page is there; what unfolds, or a phone that is turned, changes what has room.
  addEventListener("load", tend);
  const content = document.querySelector(".md-content__inner");
  if (content) new ResizeObserver(tend).observe(content);
})();
