"""Every landmark of the book: one published result each, in the order of the years."""

from __future__ import annotations

from dataclasses import dataclass

AGREES, SHAPE, DIFFERS = VERDICTS = ("agrees", "agrees in shape", "differs")


@dataclass(frozen=True)
class Landmark:
    """One published result.

    slug: the name of its notebook in book/landmarks/; year: of the paper; people: who wrote it; found: what
    the paper found, in a few words; rows: of its Comparison how many agree, agree in shape, differ;
    says: what came out here, in a sentence; chapter: where the book teaches it, a page of book/; page: its
    title there.
    """

    slug: str
    year: int
    people: str
    found: str
    rows: tuple[int, int, int]
    says: str
    chapter: str
    page: str

    @property
    def verdict(self) -> str:
        """One of VERDICTS: that of the worst row."""
        return max((v for v, n in zip(VERDICTS, self.rows, strict=True) if n), key=VERDICTS.index)

    @property
    def verdict_in_words(self) -> str:
        """The verdict with how many of the rows have it: differs in 1 of 7 rows."""
        n = self.rows[VERDICTS.index(self.verdict)]
        return f"{self.verdict} in {n} of {sum(self.rows)} rows"


LANDMARKS = (
    Landmark(
        slug="symmetry",
        year=1986,
        people="Rumelhart, Hinton, Williams",
        found="hidden units discover symmetry",
        rows=(4, 2, 1),
        says="Two hidden units find it, with weights 1:2:4 in four starts of five, 2:3:4 in the others;"
        " more units do not help.",
        chapter="02_chain_rule",
        page="The chain rule",
    ),
    Landmark(
        slug="xor",
        year=1986,
        people="Rumelhart, Hinton, Williams",
        found="XOR is learned, and rarely not",
        rows=(2, 1, 4),
        says="With direct connections all learn from small weights, and not quite all from large; two units"
        " alone are trapped at times, from large weights often.",
        chapter="03_gradient_descent",
        page="Gradient descent",
    ),
    Landmark(
        slug="vanishing",
        year=1991,
        people="Hochreiter; Bengio and others; Pascanu and others",
        found="gradients vanish in time, and in depth",
        rows=(6, 2, 3),
        says="The condition on the norm holds in every network; the same said of single weights, or of"
        " eigenvalues, fails.",
        chapter="04_vanishing_gradients",
        page="Vanishing gradients",
    ),
    Landmark(
        slug="adding_problem",
        year=1997,
        people="Hochreiter, Schmidhuber",
        found="an LSTM adds over long gaps",
        rows=(3, 4, 2),
        says="The average error is small about as late as training ended in the paper; the last errors,"
        " near 0 and 1, go more slowly.",
        chapter="05_remedies/lstm_gru",
        page="LSTM and GRU",
    ),
    Landmark(
        slug="glorot",
        year=2010,
        people="Glorot, Bengio",
        found="a scale that keeps both variances",
        rows=(8, 2, 3),
        says="Both singular values come out, and sigmoids that stay dark at five layers and not at four;"
        " but these two numbers are not those of volumes or variances, and what darkens the sigmoids"
        " at our rate is that class counts differ from batch to batch.",
        chapter="05_remedies/initialization",
        page="Initialization",
    ),
    Landmark(
        slug="cheap_gradient",
        year=2012,
        people="Griewank",
        found="a gradient costs a few function values",
        rows=(4, 1, 1),
        says="A product takes three times its multiplications, and our ReLU networks two to three times their"
        " operations, deep and narrow a little more; single operations of the autodiff up to ten.",
        chapter="02_chain_rule",
        page="The chain rule",
    ),
    Landmark(
        slug="linear_depth",
        year=2014,
        people="Saxe, McClelland, Ganguli",
        found="modes are learned one after another",
        rows=(3, 3, 0),
        says="Decoupled modes follow the formula to a few percent; from a random start the weak ones are"
        " late, for want of hidden units.",
        chapter="03_gradient_descent",
        page="Gradient descent",
    ),
    Landmark(
        slug="he",
        year=2015,
        people="He, Zhang, Ren, Sun",
        found="thirty ReLU layers learn",
        rows=(7, 2, 0),
        says="Thirty layers stall with Xavier’s scale and learn with He’s, as printed; but what stalls"
        " is the step: one constant behind the outputs makes the two the same, and Adam revives some.",
        chapter="05_remedies/initialization",
        page="Initialization",
    ),
    Landmark(
        slug="covariate_shift",
        year=2015,
        people="Ioffe, Szegedy; Santurkar and others",
        found="batch normalization, and why it helps",
        rows=(7, 2, 2),
        says="Inputs are steadied and training is faster, less so with noise. Only from small weights is"
        " the accuracy higher, and does noise stop the plain net.",
        chapter="05_remedies/batch_normalization",
        page="Batch normalization",
    ),
    Landmark(
        slug="residual",
        year=2016,
        people="He, Zhang, Ren, Sun",
        found="plain depth harms; shortcuts cure it",
        rows=(5, 0, 2),
        says="Degradation and its cure come out, at 34 layers without a vanishing gradient. More depth gains"
        " nothing on our digits, and before training the gradients explode.",
        chapter="05_remedies/skip_connections",
        page="Skip connections",
    ),
    Landmark(
        slug="edge_of_chaos",
        year=2016,
        people="Poole and others; Schoenholz and others",
        found="order, chaos, and the edge between",
        rows=(6, 1, 1),
        says="Order, chaos and the edge come out, and 120 layers train at the edge if the rate is small;"
        " but the authors’ 1 % is 10 % in their code, and nothing makes the sixfold depth a constant.",
        chapter="04_vanishing_gradients",
        page="Vanishing gradients",
    ),
    Landmark(
        slug="selu",
        year=2017,
        people="Klambauer, Unterthiner, Mayr, Hochreiter",
        found="an activation that normalizes itself",
        rows=(5, 3, 0),
        says="Constants and slopes come out as printed, and forty layers find variance 1, though one unit in"
        " twelve is as the theorem wants it.",
        chapter="05_remedies/activations",
        page="Activation functions",
    ),
    Landmark(
        slug="shattered",
        year=2017,
        people="Balduzzi and others",
        found="gradients of deep nets look like noise",
        rows=(10, 0, 2),
        says="Likeness halves a layer with normalization; without, it falls too, but more slowly.",
        chapter="05_remedies/skip_connections",
        page="Skip connections",
    ),
    Landmark(
        slug="momentum",
        year=2017,
        people="Polyak; Goh",
        found="the best rate of momentum",
        rows=(5, 1, 0),
        says="The best choice and the limit come out as computed; on the way the distance may grow first.",
        chapter="03_gradient_descent",
        page="Gradient descent",
    ),
    Landmark(
        slug="dying_relu",
        year=2020,
        people="Lu, Shin, Su, Karniadakis",
        found="deep narrow ReLU nets are born dead",
        rows=(6, 1, 0),
        says="Born dead and collapsed in training are two curves, and both come out. An asymmetric draw"
        " like the paper's helps less here.",
        chapter="05_remedies/activations",
        page="Activation functions",
    ),
)
BY_SLUG = {landmark.slug: landmark for landmark in LANDMARKS}
