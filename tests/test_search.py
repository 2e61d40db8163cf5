"""The search: for what readers type, the section that must come first, found as a browser finds it."""

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest

from conftest import DESK, PHONE, SITE, missing, optional, visited

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
quickjs = pytest.importorskip("quickjs", reason="quickjs is not installed")
search = pytest.importorskip("nnbook_site.search")
sections = pytest.importorskip("nnbook_site.sections")

FIRST = """
# What a beginner types
dying relu                          | 05_remedies/activations#units-that-die
dead neurons                        | 05_remedies/activations#units-that-die
what is a neural network            | 01_forward_propagation#a-network-is-nodes-and-edges
what is a neuron                    | 01_forward_propagation#one-node-three-inputs
why do we need activation functions | 01_forward_propagation#why-weighted-sums-alone-are-not-enough
which activation function should I use | 05_remedies/activations#which-one-to-take
how many layers                     | 01_forward_propagation#why-depth-then
number of parameters                | 01_forward_propagation#what-it-costs
xor                                 | 01_forward_propagation#the-smallest-task-an-affine-map-cannot-do
universal approximation             | 01_forward_propagation#any-curve-from-relus
softmax                             | 01_forward_propagation#the-output-layer
logits                              | 01_forward_propagation#the-output-layer
is p a probability                  | 01_forward_propagation#is-p-a-probability
chain rule                          | 02_chain_rule#the-chain-rule
backprop                            | 02_chain_rule#what-backpropagation-computes
backpropagation                     | 02_chain_rule#what-backpropagation-computes
cross entropy                       | 02_chain_rule#softmax-and-cross-entropy-p-t
finite differences                  | 02_chain_rule#checking-gradients
autograd                            | 02_chain_rule#build-the-engine
who invented backpropagation        | 02_chain_rule#who-found-it-and-when
learning rate                       | 03_gradient_descent#how-long-a-step
step size                           | 03_gradient_descent#how-long-a-step
learning rate too high              | 03_gradient_descent#how-long-a-step
how to choose the learning rate     | 03_gradient_descent#finding-the-learning-rate
learning rate schedule              | 03_gradient_descent#schedules
momentum                            | 03_gradient_descent#momentum-a-ball-with-inertia
adam                                | 03_gradient_descent#rmsprop-and-adam-a-step-length-for-each-weight
batch size                          | 03_gradient_descent#whose-gradient-batch-mini-batch-one-sample
training loop                       | 03_gradient_descent#four-steps-in-a-circle
overfitting                         | 03_gradient_descent#when-to-stop
early stopping                      | 03_gradient_descent#when-to-stop
test set                            | 03_gradient_descent#opening-the-test-set
vanishing gradients                 | 04_vanishing_gradients
exploding gradients                 | 04_vanishing_gradients#the-mirror-image-exploding
gradient clipping                   | 04_vanishing_gradients#the-mirror-image-exploding
derivative of the sigmoid           | 04_vanishing_gradients#a-quarter-at-most
Glorot                              | 05_remedies/initialization#backward-and-why-glorot-averages
Xavier initialization               | 05_remedies/initialization#backward-and-why-glorot-averages
Kaiming                             | 05_remedies/initialization#relu-needs-he
He initialization                   | 05_remedies/initialization#relu-needs-he
orthogonal initialization           | 05_remedies/initialization#beyond-the-average-orthogonal
batchnorm                           | 05_remedies/batch_normalization
BN                                  | 05_remedies/batch_normalization
layer norm                          | 05_remedies/batch_normalization#layer-normalization
eval mode                           | 05_remedies/batch_normalization#training-and-evaluation
weight decay                        | 05_remedies/batch_normalization#weights-without-a-length
resnet                              | 05_remedies/skip_connections#a-wire-around-the-layer
shortcut connection                 | 05_remedies/skip_connections#a-wire-around-the-layer
highway network                     | 05_remedies/skip_connections#the-highway-half-a-year-before
degradation problem                 | 05_remedies/skip_connections#deeper-and-worse
long short-term memory              | 05_remedies/lstm_gru#a-path-that-adds
gru                                 | 05_remedies/lstm_gru#the-gru-the-same-idea-with-one-state
bptt                                | 05_remedies/lstm_gru#backpropagation-through-time
why does my network not learn       | 06_practice#a-method
loss does not go down               | 06_practice#a-method
my loss is nan                      | 06_practice#check-6-are-the-steps-of-the-right-size
overfit one batch                   | 06_practice#check-3-learn-one-batch-by-heart
why is the first loss 2.3           | 03_gradient_descent#before-the-first-step-ln-10
pytorch                             | 06_practice#what-pytorch-does-inside
load csv                            | 06_own_data#from-a-file-to-numbers
imbalanced classes                  | 06_own_data#what-peeking-and-class-weights-do
confusion matrix                    | 06_own_data#the-test-once
save a network                      | 06_own_data#keep-it
compare two networks                | laboratory
offline                             | reference/doors#without-a-connection
Hochreiter 1991                     | reference/bibliography#hochreiter1991
# British
initialisation                      | 05_remedies/initialization
batch normalisation                 | 05_remedies/batch_normalization
regularisation                      | 05_remedies/batch_normalization#weights-without-a-length
standardise the inputs              | 06_own_data#one-scale-from-the-training-rows
what centring is for                | 05_remedies/activations#what-centering-is-for
colours                             | reference/notation#colors-in-the-figures
# Slips
gradiant descent                    | 03_gradient_descent#one-step-downhill
initalization                       | 05_remedies/initialization
vanishing gradeint                  | 04_vanishing_gradients
backpropogation                     | 02_chain_rule#what-backpropagation-computes
lerning rate                        | 03_gradient_descent#how-long-a-step
sofmax                              | 01_forward_propagation#the-output-layer
learningrate                        | 03_gradient_descent#how-long-a-step
# Signs
η                                   | 03_gradient_descent#how-long-a-step
δ                                   | 02_chain_rule#four-formulas-for-a-layer
∂L/∂W                               | 02_chain_rule#four-formulas-for-a-layer
κ                                   | 03_gradient_descent#the-slowest-direction
γ and β                             | 05_remedies/batch_normalization#what-gamma-and-beta-are-for
# Names in code
loss_and_grad                       | reference/api/learning#nnbook_lib.network.loss_and_grad
nn.diagnose                         | reference/api/practice#nnbook_lib.inspection.diagnosis.diagnose
from_torch                          | reference/api/practice#nnbook_lib.pytorch.bridge.from_torch
SoftmaxCrossEntropy                 | reference/api/learning#nnbook_lib.losses.SoftmaxCrossEntropy
gradient_norms                      | reference/api/deep#nnbook_lib.inspection.diagnostics.gradient_norms
nn.Residual()                       | reference/api/forward#nnbook_lib.containers.Residual
# While one types
expl                                | 04_vanishing_gradients#the-mirror-image-exploding
vanishing gra                       | 04_vanishing_gradients
overfit                             | 03_gradient_descent#when-to-stop
"""
ASKED = [
    tuple(map(str.strip, line.split("|")))
    for line in FIRST.strip().splitlines()
    if not line.startswith("#")
]


@cache
def engine(script):
    context = quickjs.Context()
    context.eval(script)
    context.eval("find = (query) => JSON.stringify(nnbook.search.find(query, 10))")
    return lambda query: json.loads(context.get("find")(query))


@cache
def built():
    """find(query) on the built site."""
    if not (SITE / search.INDEX).is_file():
        missing("no built site in _build/html: run make book first")
    return engine((SITE / search.INDEX).read_text(encoding="utf-8"))


def address(place):
    page, sign, anchor = place.partition("#")
    return f"{page}.html{sign}{anchor}"


@pytest.mark.parametrize(("query", "place"), ASKED, ids=[query for query, _ in ASKED])
def test_the_section_that_must_come_first_does(query, place):
    first = built()(query)[0]
    assert first["address"] == address(place)
    page, _, anchor = first["address"].partition("#")
    assert not anchor or f'id="{anchor}"' in (SITE / page).read_text(encoding="utf-8")


def test_a_result_shows_the_words_that_were_meant():
    """Not those that were typed: a reader of "dying rectifier" looks for a dead ReLU."""
    pieces = built()("dying rectifier")[0]["pieces"]
    assert pieces[1::2] == ["ReLU", "dead"]
    assert "ReLU that is off for every sample" in "".join(pieces)


def test_what_no_section_has_finds_nothing():
    assert built()("zyzzyva") == built()("  ") == built()("?") == []


def test_every_entry_of_the_index_names_a_section():
    places = {
        address(f"{page}#{anchor}" if level > 1 else page)
        for page, anchor, level in search.places(
            {
                name: (SITE / f"{name}.html").read_text(encoding="utf-8")
                for name in {place.partition("#")[0] for place in search.asked()}
                if (SITE / f"{name}.html").is_file() or missing("run make book first")
            }
        )
    }
    assert {address(place) for place in search.asked()} <= places


PAGE = """<article class="bd-article"><section id="top"><h1><span class="section-number">2. </span>Top<a
class="headerlink" href="#top">#</a></h1><nav class="doors">Binder</nav><p>Its <em>text</em>, <math
data-tex="x"><mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><msup><mi>u</mi><mn>2</mn></msup>
</mrow></mfrac></math>.</p><pre>nn.fit(1)  # <span>code</span></pre><section id="in"><h2>Inner</h2>
<details><summary>Why?</summary><p>Because.</p></details><details class="option"><summary>An
option</summary><p>Right.</p></details><figure class="live"><div class="live-controls"><label>n</label>
</div><svg aria-label="A line"><text>9</text></svg><figcaption>It falls.</figcaption></figure>
</section></section></article>"""


def test_a_section_is_what_stands_under_its_heading_alone():
    top, inner = sections.read(PAGE)
    assert (top.anchor, top.level, top.number, top.heading) == ("top", 1, "2.", "Top")
    assert (top.text, top.names) == ("Its text, ∂L/∂u^2.", ["fit"])
    assert (inner.heading, inner.text) == ("Inner", "A line It falls.")
    assert inner.folded == "Why? Because. An option"  # and not whether it is right


SPELLED = [
    ("normalisation", "normalization"),
    ("standardising", "standardized"),
    ("colours", "color"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("labelled", "labels"),
    ("generalise", "generalization"),
    ("analyse", "analyze"),
    ("matrices", "matrix"),
    ("losses", "loss"),
    ("stopping", "stop"),
    ("Schrödinger", "Schrodinger"),
]


def test_one_word_in_another_spelling_is_the_same_word():
    text = "".join(f"<p>{other}</p>" for _, other in SPELLED)
    html = '<article class="bd-article"><section id="a"><h1>A</h1>{}</section></article>'
    find = engine(search.script({"a": html.format(text)}))
    hits = {one: find(one)[0]["pieces"][1::2] for one, _ in SPELLED}
    assert hits == {one: [other] for one, other in SPELLED}
    assert engine(search.script({"a": html.format("<p>rice and noise</p>")}))("noize") == []


def test_the_index_weighs_less_than_a_page():
    import gzip

    text = (SITE / search.INDEX).read_bytes() if (SITE / search.INDEX).is_file() else b""
    assert 0 < len(gzip.compress(text)) < 250_000 or not text


# In a browser --------------------------------------------------------------------------------

CHAPTER = "02_chain_rule.html"
TITLES = "[...document.querySelectorAll('.search-title')].map((title) => title.textContent)"


@pytest.fixture(params=["http", "file"])
def opened(request, browser, address):
    built()
    root = address if request.param == "http" else f"{SITE.as_uri()}/"
    with visited(browser, root + CHAPTER) as page:
        page.root = root
        yield page


def test_the_index_comes_when_the_search_is_opened_and_leads_to_the_section(opened):
    asked = f"document.querySelectorAll('script[src*=\"{search.INDEX}\"]').length"
    assert opened.evaluate(asked) == 0
    opened.keyboard.press("/")
    opened.keyboard.type("dying relu")
    opened.wait_for_function(f"{TITLES}[0] === '5.1.3. Units that die'")
    assert opened.evaluate(asked) == 1
    assert re.fullmatch(
        r"\d+ sections, the best first", opened.inner_text("[role=status] >> nth=0")
    )
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/05_remedies/activations.html#units-that-die")
    top = opened.evaluate("document.getElementById('units-that-die').getBoundingClientRect().top")
    assert 0 <= top < DESK["height"] / 2
    assert not opened.locator("text=Hide Search Matches").count()
    assert opened.complaints == []


def test_keys_move_through_what_was_found_and_leave_it(opened):
    button = opened.locator(".search-button__button:visible").first
    button.focus()
    opened.keyboard.press("Control+k")
    opened.keyboard.type("softmax")
    opened.wait_for_selector(".search-found a")
    focused = "document.activeElement.className || document.activeElement.tagName"
    place = "[...document.querySelectorAll('.search-found a')].indexOf(document.activeElement)"
    for key, now in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        opened.keyboard.press(key)
        assert opened.evaluate(place) == now
    assert opened.evaluate(focused) == "INPUT"
    opened.keyboard.press("Escape")
    assert not opened.locator("dialog.search").is_visible()
    assert "search-button" in opened.evaluate(focused)  # where one was before
    assert opened.complaints == []


def test_an_address_with_a_question_shows_the_answer(opened):
    opened.goto(f"{opened.root}search.html?q=initialisation")
    opened.wait_for_function(f"{TITLES}[0] === '5.2. Initialization'")
    opened.fill("#search-here input", "kaiming")
    opened.wait_for_function(f"{TITLES}[0] === '5.2.5. ReLU needs He'")
    assert opened.url.endswith("?q=kaiming")
    assert opened.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dialog_is_accessible_and_fills_a_phone(theme, browser, address):
    built()
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    with visited(browser, address + CHAPTER, viewport=PHONE, color_scheme=theme) as page:
        page.click(".search-button__button:visible")
        page.keyboard.type("vanishing gradient")
        page.wait_for_selector(".search-found a")
        box = page.locator("dialog.search").bounding_box()
        assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
        found = axe.run(page, context={"include": [["dialog.search"]]}).response["violations"]
        assert found == []
        icon = page.locator(".search-desk .fa-magnifying-glass").bounding_box()
        text = page.locator("dialog.search input").bounding_box()
        assert icon["x"] + icon["width"] <= text["x"]  # it covers no letter
        pressed = page.locator(".search-close, .search-found a, dialog.search input").all()
        assert min(each.bounding_box()["height"] for each in pressed) >= 44
