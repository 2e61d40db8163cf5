# %% vanishing.sigmoid_slope | wrong | applies the sigmoid again
def sigmoid_slope(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | the slope of tanh
def sigmoid_slope(z):
    return 1 - z**2


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | sign
def sigmoid_slope(z):
    return z * (z - 1)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | z missing
def sigmoid_slope(z):
    return 1 - z


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | square at the wrong place
def sigmoid_slope(z):
    return (1 - z) ** 2


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | matrix product
def sigmoid_slope(z):
    return z @ (1 - z)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | sum over the entries
def sigmoid_slope(z):
    return np.sum(z * (1 - z), axis=-1)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | the largest slope everywhere
def sigmoid_slope(z):
    return np.full_like(z, 0.25)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | z - z squared written with ^
def sigmoid_slope(z):
    return z - z ^ 2


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | changes z in place
def sigmoid_slope(z):
    z *= 1 - z
    return z


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | brackets missing
def sigmoid_slope(z):
    return z * 1 - z


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | the slope of the logit
def sigmoid_slope(z):
    return 1 / (z * (1 - z))


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | math.exp of an array
import math


def sigmoid_slope(z):
    return math.exp(-z) / (1 + math.exp(-z)) ** 2


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | loop over a matrix of two axes only
def sigmoid_slope(z):
    result = np.zeros(z.shape)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            result[i, j] = z[i, j] * (1 - z[i, j])
    return result


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | flattened result
def sigmoid_slope(z):
    return np.array([a * (1 - a) for a in z.ravel()])


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | wrong | the factor 1/2 of a square's derivative
def sigmoid_slope(z):
    return 0.5 * z * (1.0 - z)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | right | a quarter minus a square
def sigmoid_slope(z):
    return 0.25 - (z - 0.5) ** 2


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | right | entry by entry with ndenumerate
def sigmoid_slope(z):
    z = np.asarray(z)
    out = np.empty(z.shape)
    for i, a in np.ndenumerate(z):
        out[i] = a - a * a
    return out


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | right | einsum
def sigmoid_slope(z):
    return np.einsum("...,...->...", z, np.subtract(1, z))


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.sigmoid_slope | right | np.vectorize of a scalar function
def sigmoid_slope(z):
    one = np.vectorize(lambda a: a * (1 - a), otypes=[float])
    return one(z)


check("vanishing.sigmoid_slope", sigmoid_slope)

# %% vanishing.layers_until | wrong | ceil: wrong at exactly the limit
def layers_until(factor, limit):
    return int(np.ceil(np.log(limit) / np.log(factor)))


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | rounds down
def layers_until(factor, limit):
    return int(np.log(limit) / np.log(factor))


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | <= in the loop
def layers_until(factor, limit):
    L = 0
    while factor**L > limit:
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | one layer too many
def layers_until(factor, limit):
    L = 1
    p = factor
    while p >= limit:
        p *= factor
        L += 1
    return L + 1


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | not a whole number
def layers_until(factor, limit):
    return np.log(limit) / np.log(factor)


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | quotient turned around
def layers_until(factor, limit):
    return int(np.floor(np.log(factor) / np.log(limit))) + 1


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | log of the quotient
def layers_until(factor, limit):
    return int(np.floor(np.log(limit / factor))) + 1


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | subtracts 1 - factor each layer
def layers_until(factor, limit):
    L = 0
    value = 1
    while value >= limit:
        value -= 1 - factor
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | returns the product, not the count
def layers_until(factor, limit):
    p = 1.0
    while p >= limit:
        p = p * factor
    return p


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | gives up at 100 layers
def layers_until(factor, limit):
    for L in range(1, 101):
        if factor**L < limit:
            return L
    return 100


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | the factor fixed at 0.25
def layers_until(factor, limit):
    L = 0
    while 0.25**L >= limit:
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | squares the factor each time
def layers_until(factor, limit):
    L = 1
    while factor >= limit:
        factor = factor * factor
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | endless: L never moves
def layers_until(factor, limit):
    L = 1
    p = factor**L
    while p >= limit:
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | loop begins to count at 2
def layers_until(factor, limit):
    L = 2
    while not factor**L < limit:
        L = L + 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | return inside the loop
def layers_until(factor, limit):
    L = 0
    while factor**L >= limit:
        L += 1
        return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | the largest L with the factor still above
def layers_until(factor, limit):
    below = [L for L in range(10000) if factor**L >= limit]
    return below[-1]


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | rounds to the nearest
def layers_until(factor, limit):
    import math

    return round(math.log(limit, factor))


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | wrong | tolerance in the comparison
def layers_until(factor, limit):
    L = 1
    while factor**L > limit - 1e-3:
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | right | itertools.count, a whole float
def layers_until(factor, limit):
    from itertools import count

    return float(next(L for L in count(1) if factor**L < limit))


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | right | formula, then corrected by the definition
def layers_until(factor, limit):
    L = max(1, int(np.log(limit) / np.log(factor)) - 2)
    while factor**L >= limit:
        L += 1
    return L


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | right | doubling and bisection
def layers_until(factor, limit):
    low, high = 0, 1
    while factor**high >= limit:
        low, high = high, 2 * high
    while high - low > 1:
        mid = (low + high) // 2
        if factor**mid < limit:
            high = mid
        else:
            low = mid
    return np.int64(high)


check("vanishing.layers_until", layers_until)

# %% vanishing.layers_until | right | a long array of powers
def layers_until(factor, limit):
    n = 64
    while True:
        hits = np.nonzero([factor**int(L) < limit for L in range(n)])[0]
        if hits.size:
            return int(hits[0])
        n *= 4


check("vanishing.layers_until", layers_until)

# %% vanishing.delta_below | wrong | slope missing
def delta_below(delta, W, u):
    return delta @ W


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | W transposed
def delta_below(delta, W, u):
    z = nn.functions.sigmoid(u)
    return delta @ W.T * z * (1 - z)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | u taken for the output
def delta_below(delta, W, u):
    return (delta @ W) * u * (1 - u)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | the sigmoid, not its slope
def delta_below(delta, W, u):
    return (delta @ W) * nn.functions.sigmoid(u)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | tanh's slope
def delta_below(delta, W, u):
    return delta @ W * (1 - np.tanh(u) ** 2)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | divides by n again
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    d = (delta @ W) * z * (1 - z)
    return d / len(u)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | averages over the batch
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return np.mean((delta @ W) * z * (1 - z), axis=0)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | result transposed
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return W.T @ delta.T * (z * (1 - z)).T


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | W.T @ delta as for one sample
def delta_below(delta, W, u):
    s = nn.functions.sigmoid(u)
    return (W.T @ delta) * s * (1 - s)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | sign in the exponent and no 1 - z
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(u))
    return (delta @ W) * z


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | slope of the sigmoid applied twice
def delta_below(delta, W, u):
    z = nn.functions.sigmoid(u)
    slope = nn.functions.sigmoid(z) * (1 - nn.functions.sigmoid(z))
    return (delta @ W) * slope


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | slope 1/4 everywhere
def delta_below(delta, W, u):
    return 0.25 * delta @ W


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | elementwise product with W
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return delta * W * z * (1 - z)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | adds the slope in place of multiplying
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return delta @ W + z * (1 - z)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | loop returns after the first sample
def delta_below(delta, W, u):
    out = np.zeros_like(u)
    for i in range(len(u)):
        z = 1 / (1 + np.exp(-u[i]))
        out[i] = W.T @ delta[i] * z * (1 - z)
        return out


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | the gradient of W
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return delta.T @ z


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | wrong | brackets of 1 - z missing
def delta_below(delta, W, u):
    z = 1 / (1 + np.exp(-u))
    return delta @ W * z * 1 - z


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | right | einsum with exp formula
def delta_below(delta, W, u):
    e = np.exp(-np.abs(u))
    return np.einsum("no,oi,ni->ni", delta, W, e / (1 + e) ** 2)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | right | a loop over samples with diag
def delta_below(delta, W, u):
    rows = []
    for d, a in zip(delta, u):
        z = 0.5 * (1 + np.tanh(a / 2))
        rows.append(np.diag(z * (1 - z)) @ (W.T @ d))
    return np.array(rows)


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | right | three loops
def delta_below(delta, W, u):
    n, d_in = u.shape
    out = np.zeros((n, d_in))
    for i in range(n):
        for j in range(d_in):
            z = 1 / (1 + np.exp(-u[i, j]))
            for o in range(W.shape[0]):
                out[i, j] += delta[i, o] * W[o, j] * z * (1 - z)
    return out


check("vanishing.delta_below", delta_below)

# %% vanishing.delta_below | right | transposed products, hyperbolic cosine
def delta_below(delta, W, u):
    return (W.T @ delta.T).T / (4 * np.cosh(u / 2) ** 2)


check("vanishing.delta_below", delta_below)

# %% vanishing.decay_rate | wrong | sign of the slope
def decay_rate(norms):
    l = np.arange(len(norms))
    slope, _ = np.polyfit(l, np.log(norms), 1)
    return np.exp(slope)


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | the slope without exp
def decay_rate(norms):
    slope = np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0]
    return -slope


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | first and last point only
def decay_rate(norms):
    L = len(norms)
    return (norms[0] / norms[-1]) ** (1 / (L - 1))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | L factors in place of L - 1, only two points
def decay_rate(norms):
    return (norms[0] / norms[-1]) ** (1 / len(norms))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | mean of the quotients
def decay_rate(norms):
    norms = np.asarray(norms)
    return np.mean(norms[:-1] / norms[1:])


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | no logarithm
def decay_rate(norms):
    slope = np.polyfit(np.arange(len(norms)), norms, 1)[0]
    return np.exp(-slope)


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | the wrong entry of polyfit
def decay_rate(norms):
    l = np.arange(1, len(norms) + 1)
    fit = np.polyfit(l, np.log(norms), 1)
    return np.exp(-fit[1])


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | log10 with exp
def decay_rate(norms):
    l = np.arange(len(norms))
    a, b = np.polyfit(l, np.log10(norms), 1)
    return np.exp(-a)


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | median of the quotients
def decay_rate(norms):
    quotients = [norms[i] / norms[i + 1] for i in range(len(norms) - 1)]
    return float(np.median(quotients))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | fits without the last layer
def decay_rate(norms):
    y = np.log(norms[:-1])
    return np.exp(-np.polyfit(range(len(y)), y, 1)[0])


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | line forced through the last point
def decay_rate(norms):
    y = np.log(norms)
    d = len(norms) - 1 - np.arange(len(norms))
    slope = np.sum(d * (y - y[-1])) / np.sum(d * d)
    return np.exp(slope)


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | x and y exchanged in the fit
def decay_rate(norms):
    slope = np.polyfit(np.log(norms), np.arange(len(norms)), 1)[0]
    return np.exp(-slope)


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | one minus, to get below 1
def decay_rate(norms):
    slope, icept = np.polyfit(range(len(norms)), np.log(norms), 1)
    return 1 - slope


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | absolute value: always below 1
def decay_rate(norms):
    slope = np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0]
    return np.exp(-abs(slope))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | sorts the norms first
def decay_rate(norms):
    y = np.log(sorted(norms))
    return np.exp(-np.polyfit(np.arange(len(y)), y, 1)[0])


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | geometric mean of the norms
def decay_rate(norms):
    return np.exp(np.mean(np.log(norms)))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | wrong | returns the whole fit
def decay_rate(norms):
    back = np.arange(len(norms))[::-1]
    return np.exp(np.polyfit(back, np.log(norms), 1))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | right | lstsq with powers of ten
def decay_rate(norms):
    back = np.arange(len(norms))[::-1]
    A = np.column_stack([back, np.ones(len(norms))])
    (slope, _), *_ = np.linalg.lstsq(A, np.log10(norms), rcond=None)
    return 10**slope


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | right | covariance by variance
def decay_rate(norms):
    L = len(norms)
    x = [L - 1 - l for l in range(L)]
    y = [float(np.log(v)) for v in norms]
    mx, my = sum(x) / L, sum(y) / L
    top = sum((a - mx) * (b - my) for a, b in zip(x, y))
    return float(np.exp(top / sum((a - mx) ** 2 for a in x)))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | right | Polynomial.fit on the reversed norms
def decay_rate(norms):
    y = np.log(np.array(norms)[::-1])
    p = np.polynomial.Polynomial.fit(np.arange(len(y)), y, 1).convert()
    return np.exp(p.coef[1])


check("vanishing.decay_rate", decay_rate)

# %% vanishing.decay_rate | right | weighted product of norms
def decay_rate(norms):
    w = np.arange(len(norms)) - (len(norms) - 1) / 2
    w = -w / (w @ w)
    return np.prod(np.power(np.asarray(norms, dtype=float), w))


check("vanishing.decay_rate", decay_rate)

# %% vanishing.gradient_norms | wrong | all records, activations too
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in tape.walk()])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | tape without walk
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in tape if "W" in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | last layer first
def gradient_norms(tape):
    norms = []
    for r in reversed(list(tape.walk())):
        if "W" in r.layer.params:
            norms.append(np.linalg.norm(r.dy))
    return np.array(norms)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | norm for each sample, averaged
def gradient_norms(tape):
    return np.array(
        [np.linalg.norm(r.dy, axis=1).mean() for r in tape.walk() if "W" in r.layer.params]
    )


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | spectral norm
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy, 2) for r in tape.walk() if "W" in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | norm of the output y
def gradient_norms(tape):
    out = []
    for r in tape.walk():
        if "W" in r.layer.params:
            out.append(np.linalg.norm(r.y))
    return np.array(out)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | norm of dL/dW
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.layer.dW) for r in tape.walk() if "W" in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | any parameters: normalization layers counted too
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in tape.walk() if r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | no root
def gradient_norms(tape):
    return np.array([np.sum(r.dy**2) for r in tape.walk() if "W" in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | root of the mean square
def gradient_norms(tape):
    return np.array([np.sqrt(np.mean(r.dy**2)) for r in tape.walk() if "W" in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | output layer left out
def gradient_norms(tape):
    records = [r for r in tape.walk() if "W" in r.layer.params]
    return np.array([np.linalg.norm(r.dy) for r in records[:-1]])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | the activations' records
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in tape.walk() if "W" not in r.layer.params])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | params called like a function
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in tape.walk() if "W" in r.layer.params()])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | mean of absolute values
def gradient_norms(tape):
    result = []
    for rec in tape.walk():
        if "W" in rec.layer.params:
            result += [np.abs(rec.dy).mean()]
    return np.array(result)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | return inside the loop
def gradient_norms(tape):
    norms = []
    for r in tape.walk():
        if "W" in r.layer.params:
            norms.append(np.linalg.norm(r.dy))
            return np.array(norms)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | every second record
def gradient_norms(tape):
    return np.array([np.linalg.norm(r.dy) for r in list(tape.walk())[::2]])


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | wrong | norms divided by the batch size
def gradient_norms(tape):
    return np.array(
        [np.linalg.norm(r.dy) / len(r.dy) for r in tape.walk() if "W" in r.layer.params]
    )


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | right | the library's function
def gradient_norms(tape):
    return diagnostics.gradient_norms(tape)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | right | einsum and a root
def gradient_norms(tape):
    squares = [
        np.einsum("i,i->", r.dy.ravel(), r.dy.ravel()) for r in tape.walk() if hasattr(r.layer, "W")
    ]
    return np.sqrt(squares)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | right | math.hypot over all entries
import math


def gradient_norms(tape):
    def has_matrix(layer):
        return any(name == "W" for name in layer.params)

    records = filter(lambda r: has_matrix(r.layer), tape.walk())
    return np.fromiter((math.hypot(*r.dy.ravel()) for r in records), dtype=float)


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.gradient_norms | right | norm of each sample, then of those
def gradient_norms(tape):
    out = np.array([])
    for r in tape.walk():
        if "W" in r.layer.params:
            rows = np.linalg.norm(r.dy, axis=-1)
            out = np.append(out, np.linalg.norm(rows))
    return out


check("vanishing.gradient_norms", gradient_norms)

# %% vanishing.millionth | wrong | still above: 6e-6 is not quite
depth = 8

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | the norm itself below a millionth, not the ratio
depth = 8.0

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | last stop of the slider
depth = 12

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | computed with 1/4 a layer: 4^-10
depth = int(np.ceil(np.log(1e-6) / np.log(0.25)))
depth += 1

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | counts weight layers, not depth
depth = 13

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | a thousandth
depth = 6

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | between the stops of the slider
depth = 9

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | the ratio in place of the depth
depth = 5.8e-07

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | tanh never does
depth = float("inf")

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | list of all depths below
depth = [10, 12]

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | a million: 6 powers of ten counted
depth = 1e6

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | index on the slider
depth = 4

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | number of layers with the output layer
depth = 10 + 1

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | a hundredth
depth = 2

check("vanishing.millionth", depth)

# %% vanishing.millionth | wrong | a word
depth = "never"

check("vanishing.millionth", depth)

# %% vanishing.millionth | right | from the figure's own function
depth = next(
    d for d in DEPTHS if (lambda g: g[0] / g[-1])(start_and_moves(d, "sigmoid", 0.1)[0]) < 1e-6
)

check("vanishing.millionth", depth)

# %% vanishing.millionth | right | a float
depth = 10.0

check("vanishing.millionth", depth)

# %% vanishing.millionth | right | an array's entry
depth = np.array(DEPTHS)[-2]

check("vanishing.millionth", depth)

# %% exploding.clip_by_norm | wrong | each array for itself
def clip_by_norm(grads, limit):
    out = []
    for g in grads:
        n = np.linalg.norm(g)
        out.append(g * limit / n if n > limit else g.copy())
    return out


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | always scaled to the limit
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * limit / norm for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | clips the entries
def clip_by_norm(grads, limit):
    return [np.clip(g, -limit, limit) for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | sum of the norms
def clip_by_norm(grads, limit):
    norm = sum(np.linalg.norm(g) for g in grads)
    if norm > limit:
        return [g * (limit / norm) for g in grads]
    return [g.copy() for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | root missing
def clip_by_norm(grads, limit):
    norm = sum((g**2).sum() for g in grads)
    scale = min(1, limit / norm)
    return [g * scale for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | in place
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    if norm > limit:
        for g in grads:
            g *= limit / norm
    return grads


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | same arrays returned below the limit
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    if norm <= limit:
        return grads
    return [g * limit / norm for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | the limit factor missing: norm 1
def clip_by_norm(grads, limit):
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    if total > limit:
        return [g / total for g in grads]
    return [np.array(g) for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | condition turned around
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    factor = limit / norm if norm < limit else 1.0
    return [g * factor for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | one flat vector returned
def clip_by_norm(grads, limit):
    flat = np.concatenate([g.ravel() for g in grads])
    norm = np.linalg.norm(flat)
    return flat * min(1, limit / norm)


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | zero above the limit
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    if norm > limit:
        return [np.zeros_like(g) for g in grads]
    return [g.copy() for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | right | np.minimum with limit over norm, also infinite
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * np.minimum(1, limit / norm) for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | largest norm of the arrays
def clip_by_norm(grads, limit):
    biggest = max(np.linalg.norm(g) for g in grads)
    if biggest > limit:
        return [limit / biggest * g for g in grads]
    return [1 * g for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | the largest entry
def clip_by_norm(grads, limit):
    m = max(np.abs(g).max() for g in grads)
    f = limit / m if m > limit else 1
    return [f * g for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | the list is copied, the arrays are not
def clip_by_norm(grads, limit):
    new = list(grads)
    norm = np.sqrt(sum(np.sum(g**2) for g in new))
    if norm > limit:
        for i in range(len(new)):
            new[i] *= limit / norm
    return new


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | norm grows in the loop while scaling
def clip_by_norm(grads, limit):
    total, out = 0.0, []
    for g in grads:
        total += np.sum(g**2)
        norm = np.sqrt(total)
        out.append(g * (limit / norm) if norm > limit else g + 0)
    return out


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | also returns the norm
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    s = limit / norm if norm > limit else 1
    return [g * s for g in grads], norm


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | spectral norm of the matrices
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads))
    s = limit / norm if norm > limit else 1
    return [g * s for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | wrong | the limit is squared by mistake
def clip_by_norm(grads, limit):
    sq = sum(np.sum(g**2) for g in grads)
    if sq > limit**2:
        return [g * limit**2 / sq for g in grads]
    return [g.copy() for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | right | library function on one copied vector, cut again
def clip_by_norm(grads, limit):
    flat = np.concatenate([np.ravel(g) for g in grads]).astype(float)
    nn.optimizers.clip_norm(flat, limit)
    cuts = np.cumsum([g.size for g in grads])[:-1]
    return [p.reshape(g.shape) for p, g in zip(np.split(flat, cuts), grads)]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | right | hypot and a division by the larger
import math


def clip_by_norm(grads, limit):
    norm = math.hypot(*[float(np.linalg.norm(g)) for g in grads])
    return [g * limit / max(norm, limit) for g in grads]


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | right | deep copy, then in place
import copy


def clip_by_norm(grads, limit):
    mine = copy.deepcopy(grads)
    sq = 0
    for g in mine:
        for a in g.ravel():
            sq += a * a
    if sq > limit * limit:
        for g in mine:
            g *= limit / sq**0.5
    return mine


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.clip_by_norm | right | einsum and np.where
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads))
    factor = np.where(norm > limit, limit / np.maximum(norm, 1e-300), 1.0)
    return list(map(lambda g: np.multiply(factor, g), grads))


check("exploding.clip_by_norm", clip_by_norm)

# %% exploding.through_time | wrong | product in the wrong order
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = J @ (np.diag(1 - hk**2) @ U)
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | columns scaled in place of rows
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = (U * (1 - hk**2)) @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | first state left out
def through_time(U, h):
    J = np.eye(U.shape[0])
    for k in range(1, len(h)):
        J = np.diag(1 - h[k] ** 2) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | last state left out
def through_time(U, h):
    J = np.eye(U.shape[0])
    for k in range(len(h) - 1):
        J = np.diag(1 - h[k] ** 2) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | tanh applied again to the states
def through_time(U, h):
    J = np.eye(U.shape[0])
    for hk in h:
        J = np.diag(1 - np.tanh(hk) ** 2) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | elementwise product
def through_time(U, h):
    J = np.ones_like(U)
    for hk in h:
        J = np.diag(1 - hk**2) * U * J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | without the slopes
def through_time(U, h):
    return np.linalg.matrix_power(U, len(h))


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | U transposed
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = np.diag(1 - hk**2) @ U.T @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | sigmoid's slope
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = np.diag(hk * (1 - hk)) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | the loop keeps only the last factor
def through_time(U, h):
    for hk in h:
        J = np.diag(1 - hk**2) @ U
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | sum of the Jacobians
def through_time(U, h):
    J = np.zeros_like(U)
    for hk in h:
        J = J + np.diag(1 - hk**2) @ U
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | starts with U: one factor too many
def through_time(U, h):
    J = U.copy()
    for hk in h:
        J = (1 - hk**2)[:, None] * U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | square of the slope's bracket missing
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = np.diag(1 - hk) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | a vector in place of diag
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = (1 - hk**2) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | the columns of h taken for states
def through_time(U, h):
    J = np.eye(len(U))
    for k in range(len(U)):
        J = np.diag(1 - h[:, k] ** 2) @ U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | the norm in place of the matrix
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        J = np.diag(1 - hk**2) @ U @ J
    return np.linalg.norm(J)


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | changes U in place
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h:
        U *= (1 - hk**2)[:, np.newaxis]
        J = U @ J
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | wrong | the result transposed
def through_time(U, h):
    A = np.eye(len(U))
    for hk in h:
        A = A @ (U.T * (1 - hk**2))
    return A


check("exploding.through_time", through_time)

# %% exploding.through_time | right | from the end, rows scaled
def through_time(U, h):
    J = np.eye(len(U))
    for hk in h[::-1]:
        J = J @ ((1 - hk * hk)[:, None] * U)
    return J


check("exploding.through_time", through_time)

# %% exploding.through_time | right | functools.reduce over einsum
import functools


def through_time(U, h):
    factors = np.einsum("ti,ij->tij", 1 - h**2, U)
    return functools.reduce(lambda J, F: F @ J, factors, np.identity(U.shape[0]))


check("exploding.through_time", through_time)

# %% exploding.through_time | right | recursion with outer product by column
def through_time(U, h):
    if len(h) == 0:
        return np.eye(len(U))
    below = through_time(U, h[:-1])
    out = np.zeros_like(below, dtype=float)
    for i in range(len(U)):
        for j in range(len(U)):
            out[i, j] = (1 - h[-1][i] ** 2) * sum(U[i, m] * below[m, j] for m in range(len(U)))
    return out


check("exploding.through_time", through_time)

# %% exploding.through_time | right | multi_dot
def through_time(U, h):
    Js = [np.diag((1 - a) * (1 + a)) @ U for a in h]
    return np.linalg.multi_dot(Js[::-1]) if len(Js) > 1 else Js[0]


check("exploding.through_time", through_time)

# %% exploding.bound | wrong | spectral radius
def bound(U, gamma, k):
    return (gamma * np.abs(np.linalg.eigvals(U)).max()) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | Frobenius norm
def bound(U, gamma, k):
    return (gamma * np.linalg.norm(U)) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | gamma not raised to k
def bound(U, gamma, k):
    return gamma * np.linalg.norm(U, 2) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | norm not raised to k
def bound(U, gamma, k):
    return gamma**k * np.linalg.norm(U, 2)


check("exploding.bound", bound)

# %% exploding.bound | wrong | gamma missing
def bound(U, gamma, k):
    return np.linalg.norm(U, ord=2) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | norm of the power: too small
def bound(U, gamma, k):
    return gamma**k * np.linalg.norm(np.linalg.matrix_power(U, k), 2)


check("exploding.bound", bound)

# %% exploding.bound | wrong | times k
def bound(U, gamma, k):
    s = np.linalg.svd(U, compute_uv=False)[0]
    return k * gamma * s


check("exploding.bound", bound)

# %% exploding.bound | wrong | smallest singular value
def bound(U, gamma, k):
    s = np.linalg.svd(U, compute_uv=False)
    return (gamma * s[-1]) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | capped at 1
def bound(U, gamma, k):
    return min(1.0, (gamma * np.linalg.norm(U, 2)) ** k)


check("exploding.bound", bound)

# %% exploding.bound | wrong | k - 1 factors
def bound(U, gamma, k):
    b = gamma * np.linalg.norm(U, 2)
    total = b
    for _ in range(1, k - 1):
        total *= b
    return total


check("exploding.bound", bound)

# %% exploding.bound | wrong | norm of the columns
def bound(U, gamma, k):
    return (gamma * np.linalg.norm(U, axis=0).max()) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | eigenvalues of U.T U without the root
def bound(U, gamma, k):
    lam = np.linalg.eigvalsh(U.T @ U)[-1]
    return (gamma * lam) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | largest entry of U
def bound(U, gamma, k):
    largest = abs(U).max()
    return (gamma * largest) ** k


check("exploding.bound", bound)

# %% exploding.bound | wrong | infinity norm
def bound(U, gamma, k):
    return np.power(gamma * np.linalg.norm(U, np.inf), k)


check("exploding.bound", bound)

# %% exploding.bound | wrong | ^ for the power
def bound(U, gamma, k):
    return (gamma * np.linalg.norm(U, 2)) ^ k


check("exploding.bound", bound)

# %% exploding.bound | wrong | gamma of tanh fixed
def bound(U, gamma, k):
    gamma = 1
    return float((gamma * np.linalg.norm(U, 2)) ** k)


check("exploding.bound", bound)

# %% exploding.bound | wrong | answers whether it must vanish
def bound(U, gamma, k):
    return (gamma * np.linalg.norm(U, 2)) ** k < 1


check("exploding.bound", bound)

# %% exploding.bound | wrong | eigvalsh though U is not symmetric
def bound(U, gamma, k):
    return (gamma * np.abs(np.linalg.eigvalsh(U)).max()) ** k


check("exploding.bound", bound)

# %% exploding.bound | right | root of the largest eigenvalue of U^T U
def bound(U, gamma, k):
    lam = np.linalg.eigvalsh(U.T @ U)
    return float(gamma * np.sqrt(lam.max())) ** k


check("exploding.bound", bound)

# %% exploding.bound | right | a loop of products with svd
def bound(U, gamma, k):
    _, s, _ = np.linalg.svd(U)
    result = 1.0
    for _ in range(k):
        result = result * gamma * s[0]
    return result


check("exploding.bound", bound)

# %% exploding.bound | right | by logarithms
def bound(U, gamma, k):
    return np.exp(k * (np.log(gamma) + np.log(np.linalg.norm(U, 2))))


check("exploding.bound", bound)

# %% exploding.bound | right | matrix power of U transposed U
def bound(U, gamma, k):
    return gamma**k * np.linalg.norm(np.linalg.matrix_power(U.T @ U, k), 2) ** 0.5


check("exploding.bound", bound)

# %% exploding.edge | wrong | compared with the output layer
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-1]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | multiplied by v, not its root
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * v
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | scales the scaled theta again and again
def edge(net, x, t):
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = (low * high) ** 0.5
        net.theta *= np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | branches of the bisection exchanged
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = (low + high) / 2
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] < g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | the root of v is returned
def edge(net, x, t):
    first = net.theta.copy()
    low, high = np.sqrt(0.1), np.sqrt(1000)
    for _ in range(40):
        c = (low + high) / 2
        net.theta[:] = first * c
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        d = diagnostics.gradient_norms(tape)
        low, high = (low, c) if d[0] > d[-2] else (c, high)
    return c


check("exploding.edge", edge)

# %% exploding.edge | wrong | too few steps of bisection
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(8):
        v = (low + high) / 2
        net.theta[:] = first * v**0.5
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | a coarse grid
def edge(net, x, t):
    first = net.theta.copy()
    best, result = np.inf, None
    for v in np.logspace(-1, 3, 41):
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        miss = abs(np.log(g[0] / g[-2]))
        if miss < best:
            best, result = miss, v
    return result


check("exploding.edge", edge)

# %% exploding.edge | wrong | the theory's value for sigmoid at 0: 16
def edge(net, x, t):
    return 16.0


check("exploding.edge", edge)

# %% exploding.edge | wrong | the theory's value for tanh: 1
def edge(net, x, t):
    return 1.0


check("exploding.edge", edge)

# %% exploding.edge | wrong | norms of dW in place of delta
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.weight_gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | layer 2 in place of layer 1
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    while high / low > 1.0001:
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[1] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | theta itself is the first: no copy
def edge(net, x, t):
    first = net.theta
    low, high = 0.1, 1000.0
    for i in range(40):
        mid = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(mid)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] / g[-2] > 1:
            high = mid
        else:
            low = mid
    return (low + high) / 2


check("exploding.edge", edge)

# %% exploding.edge | wrong | the ratio at the edge is returned
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        ratio = g[0] / g[-2]
        if ratio > 1:
            high = v
        else:
            low = v
    return ratio


check("exploding.edge", edge)

# %% exploding.edge | wrong | watch forgotten
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | returns inside the loop, first middle
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(40):
        v = np.sqrt(low * high)
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
        return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | searches between 0.1 and 10 only
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 10.0
    while high - low > 1e-5:
        v = (low + high) / 2
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | wrong | rounded to a whole number
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(50):
        v = (low + high) / 2
        net.theta[:] = first * np.sqrt(v)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        g = diagnostics.gradient_norms(tape)
        if g[0] > g[-2]:
            high = v
        else:
            low = v
    return int(v)


check("exploding.edge", edge)

# %% exploding.edge | right | recursion on the logarithm
def edge(net, x, t):
    first = net.theta.copy()

    def ratio(a):
        net.theta[:] = first * np.exp(a / 2)
        _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
        d = diagnostics.gradient_norms(tape)
        return d[0] / d[-2]

    def search(a, b):
        c = (a + b) / 2
        if b - a < 1e-6:
            return float(np.exp(c))
        return search(a, c) if ratio(c) > 1 else search(c, b)

    return search(np.log(0.1), np.log(1000))


check("exploding.edge", edge)

# %% exploding.edge | right | grid, refined five times
def edge(net, x, t):
    first = net.theta.copy()
    low, high = 0.1, 1000.0
    for _ in range(5):
        grid = np.geomspace(low, high, 11)
        for a, b in zip(grid[:-1], grid[1:]):
            net.theta[...] = np.sqrt(b) * first
            _, tape = nn.loss_and_grad(net, loss, x, t, watch=True)
            d = diagnostics.gradient_norms(tape)
            if d[0] >= d[-2]:
                break
        low, high = a, b
    return np.sqrt(low * high)


check("exploding.edge", edge)

# %% exploding.edge | right | norms by hand, no copy but scaling back
def edge(net, x, t):
    low, high = 0.1, 1000.0
    while high - low > 1e-4 * low:
        v = 0.5 * (low + high)
        net.theta *= np.sqrt(v)
        tape = nn.loss_and_grad(net, loss, x, t, watch=True)[1]
        net.theta /= np.sqrt(v)
        d = [np.sqrt((r.dy**2).sum()) for r in tape.walk() if "W" in r.layer.params]
        if d[0] > d[len(d) - 2]:
            high = v
        else:
            low = v
    return v


check("exploding.edge", edge)

# %% exploding.edge | right | on a copy of the network
import copy


def edge(net, x, t):
    lo, hi = 0.1, 1000.0
    for _ in range(30):
        v = (lo * hi) ** 0.5
        trial = copy.deepcopy(net)
        trial.theta[:] = net.theta * v**0.5
        _, tape = nn.loss_and_grad(trial, loss, x, t, watch=True)
        first, *_, hidden, out = diagnostics.gradient_norms(tape)
        lo, hi = (v, hi) if first < hidden else (lo, v)
    return np.array([lo, hi]).mean()


check("exploding.edge", edge)
