"""What axe finds on a page. Contrast takes it ten times as long as all the rest, since it asks for each
text what lies under it: so of all texts alike it sees one.
"""

from conftest import optional

# axe does not read MathML, and so takes a column headed by a formula for one without a head.
NO_HEAD = "th:has(math)"
RULES = {"label-content-name-mismatch": {"enabled": True}, "color-contrast": {"enabled": False}}

# Marks the first of all elements that have the same name, classes, ink, size and weight, on the same
# grounds, and says how many are marked.
ONE_OF_EACH = """root => {
  const grounds = new Map(), seen = new Set();
  const under = (one) => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity, position, filter } = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity, position, filter].join(" ");
      const plain = own === "rgba(0, 0, 0, 0) none 1 static none";
      grounds.set(one, under(one.parentElement) + (plain ? "" : `|${own}`));
    }
    return grounds.get(one);
  };
  for (const one of document.querySelectorAll("[data-one]")) one.removeAttribute("data-one");
  for (const one of document.querySelectorAll(`${root} *`)) {
    const written = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!written && !one.matches("input, select, textarea, button")) continue;
    if (one.closest("script, style, th:has(math)") || !one.checkVisibility()) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const { localName } = one, classes = one.getAttribute("class");
    const kind = [localName, classes, color, fontSize, fontWeight, textShadow, under(one)].join(" ");
    if (seen.size < seen.add(kind).size) one.setAttribute("data-one", "");
  }
  return seen.size;
}"""


def found(page, context, options):
    """[(rule, element, what is wrong with it)]"""
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    options = options | {"resultTypes": ["violations"]}  # not every node that passes
    violations = axe.run(page, context=context, options=options).response["violations"]
    firsts = [(v["id"], v["nodes"][0]) for v in violations]
    return [(rule, one["html"][:200], one["failureSummary"]) for rule, one in firsts]


def all_but_colors(page, root="html"):
    """What is wrong with a page or a part of it, contrast aside."""
    return found(page, {"include": [[root]], "exclude": [[NO_HEAD]]}, {"rules": RULES})


def colors(page, root="html"):
    """What does not stand out from what lies under it."""
    assert page.evaluate(ONE_OF_EACH, root) > 10
    return found(page, {"include": [["[data-one]"]]}, {"runOnly": ["color-contrast"]})


def in_theme(page, theme):
    """The page in this theme, without a transition."""
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
    return page
