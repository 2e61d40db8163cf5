# %% forward.weighted_sum | wrong | the bias is missing, loop
def weighted_sum(x, w, b):
    total = 0
    for i in range(len(x)):
        total += w[i] * x[i]
    return total


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | bias inside the sum, added once per input
def weighted_sum(x, w, b):
    return float(np.sum(w * x + b))


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | no sum, a vector
def weighted_sum(x, w, b):
    return x * w + b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | return inside the loop
def weighted_sum(x, w, b):
    s = b
    for xi, wi in zip(x, w):
        s = s + xi * wi
        return s


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | starts at index 1, skips the first
def weighted_sum(x, w, b):
    s = b
    for i in range(1, len(x)):
        s += w[i] * x[i]
    return s


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | prints instead of returning
def weighted_sum(x, w, b):
    u = np.dot(w, x) + b
    print(u)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | a ReLU on top
def weighted_sum(x, w, b):
    u = w @ x + b
    return max(u, 0)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | bias as a threshold, subtracted
def weighted_sum(x, w, b):
    return np.inner(w, x) - b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | bias multiplied by the sum of inputs
def weighted_sum(x, w, b):
    return w @ (x + b)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | divided by the number of inputs
def weighted_sum(x, w, b):
    return np.mean(x * w) + b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | = instead of += in the loop
def weighted_sum(x, w, b):
    s = 0
    for i in range(len(x)):
        s = w[i] * x[i]
    return s + b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | outer product summed
def weighted_sum(x, w, b):
    return np.sum(np.outer(w, x)) + b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | truncated to int
def weighted_sum(x, w, b):
    return int(sum(w * x) + b)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | wrong | x ** w style: power for product
def weighted_sum(x, w, b):
    return sum(a ^ c for a, c in zip(x, w)) + b


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | right | sum with start value
def weighted_sum(inputs, weights, bias):
    return sum((p * q for p, q in zip(inputs, weights)), bias)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | right | recursion
def weighted_sum(x, w, b):
    if len(x) == 0:
        return b
    return weighted_sum(x[1:], w[1:], b + x[0] * w[0])


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | right | the bias as an extra weight
def weighted_sum(x, w, b):
    return np.append(w, b) @ np.append(x, 1)


check("forward.weighted_sum", weighted_sum)

# %% forward.weighted_sum | right | einsum, zero-dimensional array
def weighted_sum(x, w, b):
    return np.asarray(np.einsum("i,i->", x, w) + b)


check("forward.weighted_sum", weighted_sum)

# %% forward.layer | wrong | W not transposed
def layer(x, W, b):
    return x @ W + b


check("forward.layer", layer)

# %% forward.layer | wrong | W @ x as for one sample
def layer(x, W, b):
    return np.dot(W, x) + b


check("forward.layer", layer)

# %% forward.layer | wrong | result transposed
def layer(x, W, b):
    out = W @ x.T + b[:, None]
    return out


check("forward.layer", layer)

# %% forward.layer | wrong | only the first sample
def layer(x, W, b):
    for row in x:
        return W @ row + b


check("forward.layer", layer)

# %% forward.layer | wrong | bias missing, loop
def layer(x, W, b):
    return np.array([W @ xi for xi in x])


check("forward.layer", layer)

# %% forward.layer | wrong | a ReLU too many
def layer(x, W, b):
    return np.maximum(x @ W.T + b, 0)


check("forward.layer", layer)

# %% forward.layer | wrong | adds the bias along the batch
def layer(x, W, b):
    return x @ W.T + b[:, None]


check("forward.layer", layer)

# %% forward.layer | wrong | reshape for transpose
def layer(x, W, b):
    return x @ W.reshape(W.shape[1], W.shape[0]) + b


check("forward.layer", layer)

# %% forward.layer | wrong | only the first bias is used
def layer(x, W, b):
    n, d_out = x.shape[0], W.shape[0]
    u = np.zeros((n, d_out))
    for i in range(n):
        for j in range(d_out):
            u[i, j] = np.sum(x[i] * W[j]) + b[0]
    return u


check("forward.layer", layer)

# %% forward.layer | wrong | inner loop misses the last input
def layer(x, W, b):
    n, d = x.shape
    u = np.tile(b, (n, 1)).astype(float)
    for i in range(n):
        for j in range(len(b)):
            for k in range(d - 1):
                u[i, j] += x[i, k] * W[j, k]
    return u


check("forward.layer", layer)

# %% forward.layer | wrong | bias added once per input
def layer(x, W, b):
    return x @ W.T + b * x.shape[1]


check("forward.layer", layer)

# %% forward.layer | wrong | flattened to one list
def layer(x, W, b):
    return [w @ xi + c for xi in x for w, c in zip(W, b)]


check("forward.layer", layer)

# %% forward.layer | wrong | mean over the batch
def layer(x, W, b):
    u = x @ W.T + b
    return u.mean(axis=0, keepdims=True)


check("forward.layer", layer)

# %% forward.layer | wrong | einsum with summed wrong index
def layer(x, W, b):
    return np.einsum("ni,oj->no", x, W) + b


check("forward.layer", layer)

# %% forward.layer | right | nested lists
def layer(x, W, b):
    return [[sum(p * q for p, q in zip(row, w)) + c for w, c in zip(W, b)] for row in x]


check("forward.layer", layer)

# %% forward.layer | right | transposed twice
def layer(x, W, b):
    return (W @ x.T + b.reshape(-1, 1)).T


check("forward.layer", layer)

# %% forward.layer | right | bias as a column of W
def layer(x, W, b):
    ones = np.ones((len(x), 1))
    return np.hstack([x, ones]) @ np.c_[W, b].T


check("forward.layer", layer)

# %% forward.layer | right | broadcasting and a sum
def layer(x, W, b):
    return (x[:, None, :] * W[None, :, :]).sum(-1) + b[None]


check("forward.layer", layer)

# %% forward.collapse | wrong | matrices in the wrong order
def collapse(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | biases only added
def collapse(W1, b1, W2, b2):
    W = W2 @ W1
    b = b1 + b2
    return W, b


check("forward.collapse", collapse)

# %% forward.collapse | wrong | b2 missing
def collapse(W1, b1, W2, b2):
    M = np.matmul(W2, W1)
    return M, np.matmul(W2, b1)


check("forward.collapse", collapse)

# %% forward.collapse | wrong | b1 left out
def collapse(W1, b1, W2, b2):
    return W2.dot(W1), b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | elementwise product
def collapse(W1, b1, W2, b2):
    return W2 * W1, W2 * b1 + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | returned in the wrong order
def collapse(W1, b1, W2, b2):
    W, b = W2 @ W1, W2 @ b1 + b2
    return b, W


check("forward.collapse", collapse)

# %% forward.collapse | wrong | bias through the whole product
def collapse(W1, b1, W2, b2):
    W = W2 @ W1
    return W, W2 @ (b1 + W2.T @ b2)


check("forward.collapse", collapse)

# %% forward.collapse | wrong | transposed W, row convention
def collapse(W1, b1, W2, b2):
    return W1.T @ W2.T, b1 @ W2.T + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | only W returned
def collapse(W1, b1, W2, b2):
    W = W2 @ W1
    b = W2 @ b1 + b2
    return W


check("forward.collapse", collapse)

# %% forward.collapse | wrong | sums the bias to a number
def collapse(W1, b1, W2, b2):
    return W2 @ W1, np.sum(W2 @ b1 + b2)


check("forward.collapse", collapse)

# %% forward.collapse | wrong | applies to an undefined x
def collapse(W1, b1, W2, b2):
    return W2 @ (W1 @ x + b1) + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | W1.T for the bias as if from the left
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b1 * W2.sum(axis=1) + b2 if len(b1) == len(b2) else W2.sum(axis=1) + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | the bias as a column, shape (d, 1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1.reshape(-1, 1) + b2.reshape(-1, 1)


check("forward.collapse", collapse)

# %% forward.collapse | wrong | ReLU of the inner bias
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ np.maximum(b1, 0) + b2


check("forward.collapse", collapse)

# %% forward.collapse | wrong | modifies b2 in place
def collapse(W1, b1, W2, b2):
    b2 += W2 @ b1
    return W2 @ W1, b2


check("forward.collapse", collapse)

# %% forward.collapse | right | by probing the two layers
def collapse(W1, b1, W2, b2):
    def f(x):
        return W2 @ (W1 @ x + b1) + b2

    d = W1.shape[1]
    b = f(np.zeros(d))
    W = np.column_stack([f(e) - b for e in np.eye(d)])
    return W, b


check("forward.collapse", collapse)

# %% forward.collapse | right | augmented matrices, a list
def collapse(W1, b1, W2, b2):
    A = np.vstack([np.c_[W1, b1], np.eye(1, W1.shape[1] + 1, W1.shape[1])])
    C = np.c_[W2, b2] @ A
    return [C[:, :-1], C[:, -1]]


check("forward.collapse", collapse)

# %% forward.collapse | right | nested loops, lists
def collapse(W1, b1, W2, b2):
    o, h, d = len(W2), len(W1), len(W1[0])
    W = [[sum(W2[i][k] * W1[k][j] for k in range(h)) for j in range(d)] for i in range(o)]
    b = [b2[i] + sum(W2[i][k] * b1[k] for k in range(h)) for i in range(o)]
    return W, b


check("forward.collapse", collapse)

# %% forward.parameters | wrong | no biases
def parameters(widths):
    n = 0
    for i in range(len(widths) - 1):
        n += widths[i] * widths[i + 1]
    return n


check("forward.parameters", parameters)

# %% forward.parameters | wrong | biases for inputs too
def parameters(widths):
    return sum(a * b for a, b in zip(widths, widths[1:])) + sum(widths)


check("forward.parameters", parameters)

# %% forward.parameters | wrong | bias per input of each layer
def parameters(widths):
    return sum((b + 1) * a for a, b in zip(widths[:-1], widths[1:]))


check("forward.parameters", parameters)

# %% forward.parameters | wrong | last layer left out
def parameters(widths):
    total = 0
    for i in range(len(widths) - 2):
        total += widths[i] * widths[i + 1] + widths[i + 1]
    return total


check("forward.parameters", parameters)

# %% forward.parameters | wrong | return in the loop
def parameters(widths):
    total = 0
    for i in range(len(widths) - 1):
        total += (widths[i] + 1) * widths[i + 1]
        return total


check("forward.parameters", parameters)

# %% forward.parameters | wrong | one bias per layer
def parameters(widths):
    return sum(widths[i] * widths[i + 1] + 1 for i in range(len(widths) - 1))


check("forward.parameters", parameters)

# %% forward.parameters | wrong | product of all widths plus biases
def parameters(widths):
    return np.prod(widths) + sum(widths[1:])


check("forward.parameters", parameters)

# %% forward.parameters | wrong | index out of range
def parameters(widths):
    n = 0
    for i in range(len(widths)):
        n += widths[i] * widths[i + 1] + widths[i + 1]
    return n


check("forward.parameters", parameters)

# %% forward.parameters | wrong | output without bias
def parameters(widths):
    w = sum(a * b for a, b in zip(widths, widths[1:]))
    return w + sum(widths[1:-1])


check("forward.parameters", parameters)

# %% forward.parameters | wrong | list of the counts, not the sum
def parameters(widths):
    return [a * b + b for a, b in zip(widths, widths[1:])]


check("forward.parameters", parameters)

# %% forward.parameters | wrong | weights and biases as a pair
def parameters(widths):
    weights = sum(a * b for a, b in zip(widths, widths[1:]))
    biases = sum(widths[1:])
    return weights, biases


check("forward.parameters", parameters)

# %% forward.parameters | wrong | only for three widths
def parameters(widths):
    d_in, h, d_out = widths
    return d_in * h + h + h * d_out + d_out


check("forward.parameters", parameters)

# %% forward.parameters | wrong | skip over layers: range step two
def parameters(widths):
    return sum(widths[i] * widths[i + 1] + widths[i + 1] for i in range(0, len(widths) - 1, 2))


check("forward.parameters", parameters)

# %% forward.parameters | wrong | pops from the caller's list
def parameters(widths):
    total = 0
    a = widths.pop(0)
    while widths:
        b = widths.pop(0)
        total += a * b + b
        a = b
    return total


check("forward.parameters", parameters)

# %% forward.parameters | right | recursion
def parameters(widths):
    if len(widths) < 2:
        return 0
    a, b, *_ = widths
    return (a + 1) * b + parameters(widths[1:])


check("forward.parameters", parameters)

# %% forward.parameters | right | counts the entries of real arrays
def parameters(widths):
    total = 0
    for a, b in zip(widths[:-1], widths[1:]):
        total += np.zeros((b, a)).size + np.zeros(b).size
    return total


check("forward.parameters", parameters)

# %% forward.parameters | right | dot product, a float
def parameters(widths):
    w = np.array(widths, dtype=float)
    return float(w[1:] @ (w[:-1] + 1))


check("forward.parameters", parameters)

# %% forward.tent | wrong | 1, -1, 0: only flattens
v = np.array([1, -1, 0])

check("forward.tent", v)

# %% forward.tent | wrong | 1, -1, 1
v = np.array([1.0, -1.0, 1.0])

check("forward.tent", v)

# %% forward.tent | wrong | heights rather than slopes
v = np.array([0, 1, 0])

check("forward.tent", v)

# %% forward.tent | wrong | slopes instead of changes of slope
v = np.array([1, -1, 0.0]) * 1.0

check("forward.tent", v)

# %% forward.tent | wrong | keeps on falling
v = np.array([1, -2, 0])

check("forward.tent", v)

# %% forward.tent | wrong | upside down
v = [-1, 2, -1]

check("forward.tent", v)

# %% forward.tent | wrong | compensates both slopes with 2
v = np.array([1, -2, 2])

check("forward.tent", v)

# %% forward.tent | wrong | sign of the last one
v = np.array([1, -2, -1])

check("forward.tent", v)

# %% forward.tent | wrong | scaled by half
v = np.array([0.5, -1, 0.5])

check("forward.tent", v)

# %% forward.tent | wrong | the values of the tent at four places
v = np.array([0, 1, 0, 0])

check("forward.tent", v)

# %% forward.tent | wrong | a string
v = "1, -2, 1"

check("forward.tent", v)

# %% forward.tent | wrong | a function
v = lambda x: np.maximum(x, 0) - 2 * np.maximum(x - 1, 0) + np.maximum(x - 2, 0)

check("forward.tent", v)

# %% forward.tent | wrong | an order and sizes guessed
v = np.array([2, -1, 1])

check("forward.tent", v)

# %% forward.tent | wrong | wrong sign in the middle
v = np.array([1, 2, 1])

check("forward.tent", v)

# %% forward.tent | right | solved as a linear system
P = np.array([1.0, 2.0, 3.0])
A = np.maximum(P[:, None] - np.array([0, 1, 2]), 0)
v = np.linalg.solve(A, [1, 0, 0])

check("forward.tent", v)

# %% forward.tent | right | tuple of Fractions
from fractions import Fraction

v = (Fraction(1), Fraction(-2), Fraction(1))

check("forward.tent", v)

# %% forward.tent | right | second difference of heights
v = np.diff([0, 0, 1, 0, 0], 2)

check("forward.tent", v)

# %% forward.tent | right | float32
v = np.array([1, -2, 1], dtype=np.float32)

check("forward.tent", v)

# %% forward.bump | wrong | the slope without the width
def bump(x, a, b, height):
    q = (b - a) / 4
    r = lambda p: np.maximum(x - p, 0)
    return height * (r(a) - r(a + q) - r(b - q) + r(b))


check("forward.bump", bump)

# %% forward.bump | wrong | the last ReLU missing
def bump(x, a, b, height):
    q = (b - a) / 4
    s = height / q
    return s * np.maximum(x - a, 0) - s * np.maximum(x - a - q, 0) - s * np.maximum(x - b + q, 0)


check("forward.bump", bump)

# %% forward.bump | wrong | slope 4h/(b-a) with a misplaced parenthesis
def bump(x, a, b, height):
    s = height / (b - a) / 4
    q = (b - a) / 4
    return s * (np.maximum(x - a, 0) - np.maximum(x - (a + q), 0) - np.maximum(x - (b - q), 0) + np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | quarter of b only
def bump(x, a, b, height):
    q = b - a / 4
    s = height / q
    return s * (np.maximum(x - a, 0) - np.maximum(x - a - q, 0) - np.maximum(x - b + q, 0) + np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | ramps a third wide
def bump(x, a, b, height):
    q = (b - a) / 3
    out = np.zeros(len(x))
    for place, sign in [(a, 1), (a + q, -1), (a + 2 * q, -1), (b, 1)]:
        out += sign * np.maximum(x - place, 0) * height / q
    return out


check("forward.bump", bump)

# %% forward.bump | wrong | tent rather than bump, peak in the middle
def bump(x, a, b, height):
    m = (a + b) / 2
    s = height / (m - a)
    return s * (np.maximum(x - a, 0) - 2 * np.maximum(x - m, 0) + np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | coming down too late, beyond b
def bump(x, a, b, height):
    w = (b - a) / 4
    s = height / w
    return s * (np.maximum(x - a, 0) - np.maximum(x - a - w, 0) - np.maximum(x - b, 0) + np.maximum(x - b - w, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | sign of the third, climbs again
def bump(x, a, b, height):
    w = (b - a) / 4
    s = height / w
    return s * (np.maximum(x - a, 0) - np.maximum(x - a - w, 0) + np.maximum(x - b + w, 0) - np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | box without ramps
def bump(x, a, b, height):
    return np.where((x >= a) & (x <= b), height, 0)


check("forward.bump", bump)

# %% forward.bump | wrong | height always 1
def bump(x, a, b, height=1):
    q = (b - a) / 4
    r = lambda p: np.maximum(x - p, 0)
    return (r(a) - r(a + q) - r(a + 3 * q) + r(b)) / q


check("forward.bump", bump)

# %% forward.bump | wrong | assumes a is zero
def bump(x, a, b, height):
    q = (b - a) / 4
    r = lambda p: np.maximum(x - p, 0)
    return (r(0) - r(q) - r(3 * q) + r(4 * q)) * height / q


check("forward.bump", bump)

# %% forward.bump | wrong | max of the vector instead of maximum
def bump(x, a, b, height):
    q = (b - a) / 4
    return height / q * (max(x - a, 0) - max(x - a - q, 0) - max(x - b + q, 0) + max(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | integer division of the width
def bump(x, a, b, height):
    q = (b - a) // 4
    s = height / q
    return s * (np.maximum(x - a, 0) - np.maximum(x - a - q, 0) - np.maximum(x - b + q, 0) + np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | wrong | flat for a quarter, down from the middle
def bump(x, a, b, height):
    q = (b - a) / 4
    s = height / q
    knots = [a, a + q, a + 2 * q, a + 3 * q]
    return sum(c * s * np.maximum(x - k, 0) for c, k in zip([1, -1, -1, 1], knots))


check("forward.bump", bump)

# %% forward.bump | wrong | half ramps: twice the height of slope
def bump(x, a, b, height):
    q = (b - a) / 4
    s = 2 * height / (b - a)
    return s * (np.maximum(x - a, 0) - np.maximum(x - a - q, 0) - np.maximum(x - b + q, 0) + np.maximum(x - b, 0))


check("forward.bump", bump)

# %% forward.bump | right | matrix of four ReLUs times weights
def bump(x, a, b, height):
    places = np.linspace(a, b, 5)[[0, 1, 3, 4]]
    w = 4 * height / (b - a)
    return np.maximum(np.asarray(x)[..., None] - places, 0) @ (w * np.array([1, -1, -1, 1]))


check("forward.bump", bump)

# %% forward.bump | right | two clipped ramps as a helper
def bump(x, a, b, height):
    def ramp(p, q):
        return (np.maximum(x - p, 0) - np.maximum(x - q, 0)) / (q - p)

    m = (b - a) / 4
    return height * (ramp(a, a + m) - ramp(b - m, b))


check("forward.bump", bump)

# %% forward.bump | right | a loop over the numbers
def bump(x, a, b, height):
    q = 0.25 * (b - a)
    out = np.zeros_like(x, dtype=float)
    for i in np.ndindex(out.shape):
        for c, p in ((1, a), (-1, a + q), (-1, b - q), (1, b)):
            out[i] += c * height / q * max(x[i] - p, 0)
    return out


check("forward.bump", bump)

# %% forward.kinks | wrong | seven, one less than the units
kinks = 7

check("forward.kinks", kinks)

# %% forward.kinks | wrong | nine pieces
kinks = 9

check("forward.kinks", kinks)

# %% forward.kinks | wrong | two per unit
kinks = 16

check("forward.kinks", kinks)

# %% forward.kinks | wrong | 2 ** 8 patterns
kinks = 2**8

check("forward.kinks", kinks)

# %% forward.kinks | wrong | bumps: 8 / 4
kinks = 2

check("forward.kinks", kinks)

# %% forward.kinks | wrong | the ones in the window
kinks = 5

check("forward.kinks", kinks)

# %% forward.kinks | wrong | pairs of units, 8*7/2
kinks = 28

check("forward.kinks", kinks)

# %% forward.kinks | wrong | 64 for 8 x 8
kinks = 8 * 8

check("forward.kinks", kinks)

# %% forward.kinks | wrong | one kink, a ReLU has one
kinks = 1

check("forward.kinks", kinks)

# %% forward.kinks | wrong | infinitely many
kinks = float("inf")

check("forward.kinks", kinks)

# %% forward.kinks | wrong | xor for power
kinks = 2 ^ 8

check("forward.kinks", kinks)

# %% forward.kinks | wrong | number of parameters
kinks = 8 + 8 + 8 + 1

check("forward.kinks", kinks)

# %% forward.kinks | wrong | smooth, none
kinks = 0

check("forward.kinks", kinks)

# %% forward.kinks | right | a float
kinks = 8.0

check("forward.kinks", kinks)

# %% forward.kinks | right | an array with one number
kinks = np.array(8)

check("forward.kinks", kinks)

# %% forward.kinks | right | length of an array
kinks = len(np.zeros(8))

check("forward.kinks", kinks)

# %% forward.softmax | wrong | overflows for 3000
def softmax(u):
    e = np.exp(u)
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | sum over the whole batch
def softmax(u):
    e = np.exp(u - np.max(u))
    return e / np.sum(e)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | global maximum, rows far below underflow
def softmax(u):
    e = np.exp(u - u.max())
    return e / e.sum(axis=-1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | axis 0
def softmax(u):
    e = np.exp(u - u.max(axis=0))
    return e / e.sum(axis=0)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | keepdims forgotten
def softmax(u):
    z = u - u.max(axis=1)
    e = np.exp(z)
    return e / e.sum(axis=1)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | clipped at 500
def softmax(u):
    e = np.exp(np.clip(u, -500, 500))
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | epsilon in the denominator, not shifted
def softmax(u):
    e = np.exp(u)
    return e / (e.sum(axis=1, keepdims=True) + 1e-9)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | divides the logits by the maximum
def softmax(u):
    s = u / u.max(axis=1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | minus the mean instead of the maximum
def softmax(u):
    e = np.exp(u - u.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | nan_to_num on the result
def softmax(u):
    e = np.exp(u)
    p = e / e.sum(axis=1, keepdims=True)
    return np.nan_to_num(p)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | log softmax returned
def softmax(u):
    m = u.max(axis=1, keepdims=True)
    return u - m - np.log(np.exp(u - m).sum(axis=1, keepdims=True))


check("forward.softmax", softmax)

# %% forward.softmax | wrong | one hot argmax
def softmax(u):
    return np.eye(u.shape[1])[u.argmax(axis=1)]


check("forward.softmax", softmax)

# %% forward.softmax | wrong | sigmoid per entry
def softmax(u):
    return 1 / (1 + np.exp(-u))


check("forward.softmax", softmax)

# %% forward.softmax | wrong | math.exp of an array
import math


def softmax(u):
    e = math.exp(u - max(u))
    return e / sum(e)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | only the first row returned
def softmax(u):
    for row in u:
        e = np.exp(row - row.max())
        return e / e.sum()


check("forward.softmax", softmax)

# %% forward.softmax | wrong | base two
def softmax(u):
    e = 2.0 ** (u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | the input is shifted in place
def softmax(u):
    u -= u.max(axis=1, keepdims=True)
    e = np.exp(u)
    return e / e.sum(axis=1, keepdims=True)


check("forward.softmax", softmax)

# %% forward.softmax | wrong | a large epsilon in the denominator
def softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 0.001)


check("forward.softmax", softmax)

# %% forward.softmax | right | pairwise differences
def softmax(u):
    with np.errstate(over="ignore"):
        d = u[:, None, :] - u[:, :, None]
        return 1 / np.exp(d).sum(axis=2)


check("forward.softmax", softmax)

# %% forward.softmax | right | logaddexp reduction
def softmax(u):
    return np.exp(u - np.logaddexp.reduce(u, axis=1)[:, None])


check("forward.softmax", softmax)

# %% forward.softmax | right | pure Python lists
import math


def softmax(u):
    out = []
    for row in u:
        m = max(row)
        e = [math.exp(v - m) for v in row]
        out.append([v / math.fsum(e) for v in e])
    return out


check("forward.softmax", softmax)

# %% forward.softmax | right | transposed, exponentials in place on a copy
def softmax(u):
    v = u.T.astype(float).copy()
    v -= v.max(0)
    np.exp(v, out=v)
    v /= v.sum(0)
    return v.T


check("forward.softmax", softmax)

# %% forward.network | wrong | ReLU after the last too
def network(x, layers):
    for W, b in layers:
        x = np.maximum(x @ W.T + b, 0)
    return x


check("forward.network", network)

# %% forward.network | wrong | no ReLU
def network(x, layers):
    z = x
    for W, b in layers:
        z = z @ W.T + b
    return z


check("forward.network", network)

# %% forward.network | wrong | ReLU of the input
def network(x, layers):
    for W, b in layers:
        x = np.maximum(x, 0) @ W.T + b
    return x


check("forward.network", network)

# %% forward.network | wrong | ReLU only after the first layer
def network(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W.T + b
        if i == 0:
            x = np.maximum(x, 0)
    return x


check("forward.network", network)

# %% forward.network | wrong | last layer left out
def network(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W.T + b)
    return x


check("forward.network", network)

# %% forward.network | wrong | return in the loop
def network(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W.T + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
        return x


check("forward.network", network)

# %% forward.network | wrong | always starts from x
def network(x, layers):
    for W, b in layers:
        u = x @ W.T + b
        z = np.maximum(u, 0)
    return u


check("forward.network", network)

# %% forward.network | wrong | W not transposed
def network(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W + b, 0)
    W, b = layers[-1]
    return x @ W + b


check("forward.network", network)

# %% forward.network | wrong | off by one, last two without ReLU
def network(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W.T + b
        if i < len(layers) - 2:
            x = np.maximum(x, 0)
    return x


check("forward.network", network)

# %% forward.network | wrong | tanh for ReLU
def network(x, layers):
    *hidden, (V, c) = layers
    for W, b in hidden:
        x = np.tanh(x @ W.T + b)
    return x @ V.T + c


check("forward.network", network)

# %% forward.network | wrong | layers reversed
def network(x, layers):
    for W, b in layers[::-1][:-1]:
        x = np.maximum(x @ W.T + b, 0)
    W, b = layers[0]
    return x @ W.T + b


check("forward.network", network)

# %% forward.network | wrong | exactly two layers
def network(x, layers):
    (W1, b1), (W2, b2) = layers
    return np.maximum(x @ W1.T + b1, 0) @ W2.T + b2


check("forward.network", network)

# %% forward.network | wrong | softmax at the end
def network(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T + b, 0)
    return nn.softmax(x @ layers[-1][0].T + layers[-1][1])


check("forward.network", network)

# %% forward.network | wrong | bias after the ReLU
def network(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T, 0) + b
    W, b = layers[-1]
    return x @ W.T + b


check("forward.network", network)

# %% forward.network | wrong | last layer detected by comparing output width
def network(x, layers):
    last = layers[-1][0].shape
    for W, b in layers:
        x = x @ W.T + b
        if W.shape != last:
            x = np.maximum(x, 0)
    return x


check("forward.network", network)

# %% forward.network | wrong | abs for ReLU
def network(x, layers):
    for W, b in layers[:-1]:
        x = np.abs(x @ W.T + b)
    W, b = layers[-1]
    return x @ W.T + b


check("forward.network", network)

# %% forward.network | wrong | pops the last layer from the caller's list
def network(x, layers):
    W_out, b_out = layers.pop()
    for W, b in layers:
        x = np.maximum(x @ W.T + b, 0)
    return x @ W_out.T + b_out


check("forward.network", network)

# %% forward.network | right | recursion from the end
def network(x, layers):
    W, b = layers[-1]
    if len(layers) > 1:
        x = np.maximum(network(x, layers[:-1]), 0)
    return x @ W.T + b


check("forward.network", network)

# %% forward.network | right | sample by sample, a list of arrays
def network(x, layers):
    out = []
    for z in x:
        for k, (W, b) in enumerate(layers):
            if k:
                z = z * (z > 0)
            z = W @ z + b
        out.append(z)
    return out


check("forward.network", network)

# %% forward.network | right | functools.reduce
from functools import reduce


def network(x, layers):
    first, *rest = layers
    start = x @ first[0].T + first[1]
    return reduce(lambda u, p: np.einsum("ni,oi->no", np.where(u > 0, u, 0), p[0]) + p[1], rest, start)


check("forward.network", network)

# %% forward.interpolate | wrong | slopes, not their changes
def hinges(x, y):
    return np.diff(y) / np.diff(x)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | the first slope missing
def hinges(x, y):
    s = np.diff(y) / np.diff(x)
    return np.diff(s)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | prepends zero in place of the first slope
def hinges(x, y):
    s = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
    return np.concatenate([[0], np.diff(s)])


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | forgets the spacing
def hinges(x, y):
    s = np.diff(y)
    return np.append(s[0], np.diff(s))


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | dx over dy
def hinges(x, y):
    s = np.diff(x) / np.diff(y)
    return np.diff(s, prepend=0)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | change of slope with wrong sign
def hinges(x, y):
    m = len(x) - 1
    s = [(y[i + 1] - y[i]) / (x[i + 1] - x[i]) for i in range(m)]
    v = [s[0]]
    for i in range(1, m):
        v.append(s[i - 1] - s[i])
    return np.array(v)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | starts at y0 = 0, first slope y[1]/x[1]
def hinges(x, y):
    s = np.diff(y) / np.diff(x)
    s0 = y[1] / (x[1] - x[0])
    return np.r_[s0, np.diff(s)]


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | one weight too many at the end
def hinges(x, y):
    s = np.diff(y) / np.diff(x)
    return np.r_[s[0], np.diff(s), -s[-1]]


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | divides second difference by the next spacing
def hinges(x, y):
    dx, dy = np.diff(x), np.diff(y)
    d2 = np.diff(dy)
    return np.r_[dy[0] / dx[0], d2 / dx[1:]]


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | subtracts only the last weight, not all
def hinges(x, y):
    m = len(x) - 1
    v = np.zeros(m)
    for i in range(m):
        s = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        v[i] = s - (v[i - 1] if i > 0 else 0)
    return v


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | gives the values of the curve
def hinges(x, y):
    s = np.diff(y) / np.diff(x)
    v = np.diff(s, prepend=0)
    return y[0] + sum(v[i] * np.maximum(x - x[i], 0) for i in range(len(v)))


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | solve without subtracting y0
def hinges(x, y):
    A = np.maximum(x[1:, None] - x[None, :-1], 0)
    return np.linalg.solve(A, y[1:])


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | np.gradient for the slopes
def hinges(x, y):
    s = np.gradient(y, x)[:-1]
    return np.diff(s, prepend=0)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | uses only the first spacing
def hinges(x, y):
    h = x[1] - x[0]
    s = np.diff(y) / h
    return np.diff(s, prepend=0)


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | endless while loop
def hinges(x, y):
    v, i, total = [], 0, 0
    while i < len(x) - 1:
        s = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        total = s - total
    return v


check("forward.interpolate", hinges)

# %% forward.interpolate | wrong | hinge sum over all but last point's height
def hinges(x, y):
    s = np.diff(y) / np.diff(x)
    return np.cumsum(s)


check("forward.interpolate", hinges)

# %% forward.interpolate | right | triangular system by substitution
def hinges(x, y):
    v = []
    for k in range(1, len(x)):
        have = y[0] + sum(vi * (x[k] - x[i]) for i, vi in enumerate(v))
        v.append((y[k] - have) / (x[k] - x[k - 1]))
    return v


check("forward.interpolate", hinges)

# %% forward.interpolate | right | linalg.solve
def hinges(x, y):
    A = np.maximum(np.subtract.outer(x[1:], x[:-1]), 0)
    return np.linalg.solve(A, y[1:] - y[0])


check("forward.interpolate", hinges)

# %% forward.interpolate | right | generator turned tuple
def hinges(x, y):
    def slopes():
        before = 0
        for (p, q), (r, s) in zip(zip(x, y), zip(x[1:], y[1:])):
            now = (s - q) / (r - p)
            yield now - before
            before = now

    return tuple(slopes())


check("forward.interpolate", hinges)

# %% forward.interpolate | right | least squares
def hinges(x, y):
    A = np.array([[max(p - q, 0) for q in x[:-1]] for p in x])
    return np.linalg.lstsq(A, y - y[0], rcond=None)[0]


check("forward.interpolate", hinges)
