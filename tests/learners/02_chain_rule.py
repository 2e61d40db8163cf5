# %% chain_rule.three_factors | wrong | the sigmoid's slope is missing
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    return (y - t) * x, y - t


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | sign t - y
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-w * x - b))
    d = (t - y) * y * (1 - y)
    return d * x, d


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | multiplied with w instead of x
def neuron_gradient(w, b, x, t):
    u = w * x + b
    y = 1 / (1 + np.exp(-u))
    delta = (y - t) * y * (1 - y)
    return delta * w, delta


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | the gradient of b with the factor b
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    delta = (y - t) * y * (1 - y)
    return delta * x, delta * b


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | u (1 - u) as slope
def neuron_gradient(w, b, x, t):
    u = w * x + b
    y = 1 / (1 + np.exp(-u))
    delta = (y - t) * u * (1 - u)
    return delta * x, delta


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | slope of tanh
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    delta = (y - t) * (1 - y**2)
    return delta * x, delta


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | exp(u), not exp(-u)
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(w * x + b))
    delta = (y - t) * y * (1 - y)
    return delta * x, delta


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | half of it, as the loss
def neuron_gradient(w, b, x, t):
    s = lambda v: 1 / (1 + np.exp(-v))
    y = s(w * x + b)
    db = 0.5 * (y - t) * y * (1 - y)
    return db * x, db


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | bias not in the sum
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-w * x))
    delta = (y - t) * y * (1 - y)
    return [delta * x, delta]


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | slope applied to y again
def neuron_gradient(w, b, x, t):
    s = lambda v: 1 / (1 + np.exp(-v))
    y = s(w * x + b)
    slope = s(y) * (1 - s(y))
    return (y - t) * slope * x, (y - t) * slope


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | order swapped
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    d = (y - t) * y * (1 - y)
    return d, d * x


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | parenthesis: minus only w x
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-w * x + b))
    g = (y - t) * y * (1 - y)
    return g * x, g


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | nudging one-sided with a coarse step
def neuron_gradient(w, b, x, t):
    def L(w, b):
        return 0.5 * (1 / (1 + np.exp(-(w * x + b))) - t) ** 2

    h = 0.1
    return (L(w + h, b) - L(w, b)) / h, (L(w, b + h) - L(w, b)) / h


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | updated weights, a step of gradient descent
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    d = (y - t) * y * (1 - y)
    return w - d * x, b - d


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | wrong | only the first returned
def neuron_gradient(w, b, x, t):
    y = 1 / (1 + np.exp(-(w * x + b)))
    return (y - t) * y * (1 - y) * x


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | right | complex step derivative
def neuron_gradient(w, b, x, t):
    def loss(w, b):
        return 0.5 * (1 / (1 + np.exp(-(w * x + b))) - t) ** 2

    h = 1e-30
    return loss(w + 1j * h, b).imag / h, loss(w, b + 1j * h).imag / h


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | right | slope through tanh, an array of two
def neuron_gradient(w, b, x, t):
    h = np.tanh((w * x + b) / 2)
    return ((1 + h) / 2 - t) * (1 - h * h) / 4 * np.array([x, 1])


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.three_factors | right | expanded by hand, math
import math


def neuron_gradient(w, b, x, t):
    e = math.exp(-(w * x + b))
    du = (1 / (1 + e) - t) * e / (1 + e) ** 2
    return [float(du * x), float(du)]


check("chain_rule.three_factors", neuron_gradient)

# %% chain_rule.paths | wrong | swapped
def count(widths):
    edges = sum(a * b for a, b in pairwise(widths))
    return edges, int(np.prod(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | biases counted as edges
def count(widths):
    p = 1
    for w in widths:
        p *= w
    return p, sum((a + 1) * b for a, b in pairwise(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | only hidden units multiply
def count(widths):
    paths = int(np.prod(widths[1:-1]))
    return paths, sum(a * b for a, b in pairwise(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | inputs forgotten in the paths
def count(widths):
    p = 1
    for w in widths[1:]:
        p *= w
    e = 0
    for i in range(len(widths) - 1):
        e += widths[i] * widths[i + 1]
    return p, e


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | edges the sum of units
def count(widths):
    return int(np.prod(widths)), sum(widths)


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | paths multiply the edges of layers
def count(widths):
    e = [a * b for a, b in zip(widths, widths[1:])]
    return int(np.prod(e)), sum(e)


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | np.prod overflows for deep networks
def count(widths):
    return np.prod(np.array(widths, dtype=np.int32), dtype=np.int32), sum(a * b for a, b in pairwise(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | the last connection left out of the edges
def count(widths):
    e, p = 0, 1
    for i in range(len(widths)):
        p *= widths[i]
    for i in range(len(widths) - 2):
        e += widths[i] * widths[i + 1]
    return p, e


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | start with zero, product stays zero
def count(widths):
    paths = 0
    for w in widths:
        paths *= w
    return paths, sum(a * b for a, b in pairwise(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | connects all layers with all
def count(widths):
    e = 0
    for i in range(len(widths)):
        for j in range(i + 1, len(widths)):
            e += widths[i] * widths[j]
    return int(np.prod(widths)), e


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | JavaScript
def count(widths):
    return widths.reduce(lambda a, b: a * b), sum(a * b for a, b in pairwise(widths))


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | only the paths
def count(widths):
    paths = int(np.prod(widths))
    edges = sum(a * b for a, b in pairwise(widths))
    return paths


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | sum where product: paths as sum of edges
def count(widths):
    n = sum(a * b for a, b in pairwise(widths))
    return n, n


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | hard-coded for three layers
def count(widths):
    a, b, c = widths[:3]
    return a * b * c, a * b + b * c


check("chain_rule.paths", count)

# %% chain_rule.paths | wrong | float product through logarithms, rounded down
def count(widths):
    return int(np.exp(np.sum(np.log(widths)))), int(np.dot(widths[:-1], widths[1:]))


check("chain_rule.paths", count)

# %% chain_rule.paths | right | product of matrices of ones
def count(widths):
    v, edges = np.ones(widths[0], dtype=object), 0
    for a, b in pairwise(widths):
        M = np.ones((b, a), dtype=int).astype(object)
        edges += M.size
        v = M.dot(v)
    return int(sum(v)), edges


check("chain_rule.paths", count)

# %% chain_rule.paths | right | math.prod and a dot product
from math import prod


def count(layers):
    return prod(layers), int(np.dot(layers[1:], layers[:-1]))


check("chain_rule.paths", count)

# %% chain_rule.paths | right | recursion, a list
def count(widths):
    if len(widths) == 1:
        return [widths[0], 0]
    p, e = count(widths[1:])
    return [widths[0] * p, e + widths[0] * widths[1]]


check("chain_rule.paths", count)

# %% chain_rule.paths | right | floats for whole numbers
def count(widths):
    p, e = 1.0, 0.0
    for a, b in pairwise(widths):
        p *= a
        e += a * b
    return p * widths[-1], e


check("chain_rule.paths", count)

# %% chain_rule.dense_backward | wrong | W transposed in dx
def dense_backward(delta, x, W):
    return delta @ W.T, delta.T @ x, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | dW transposed
def dense_backward(delta, x, W):
    dx = delta @ W
    dW = x.T @ delta
    db = delta.sum(axis=0)
    return dx, dW, db


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | db a mean
def dense_backward(delta, x, W):
    return np.dot(delta, W), np.dot(delta.T, x), delta.mean(0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | 1/n a second time
def dense_backward(delta, x, W):
    n = len(x)
    return delta @ W, delta.T @ x / n, delta.sum(axis=0) / n


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | db over the wrong axis
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x, delta.sum(axis=1)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | db not summed
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x, delta


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | db one number
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x, np.sum(delta)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | dW first
def dense_backward(delta, x, W):
    return delta.T @ x, delta @ W, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | db with keepdims
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x, delta.sum(axis=0, keepdims=True)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | dW overwritten in the loop, last sample only
def dense_backward(delta, x, W):
    for d, xi in zip(delta, x):
        dW = np.outer(d, xi)
    return delta @ W, dW, sum(delta)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | a ReLU gate in dx
def dense_backward(delta, x, W):
    dx = (delta @ W) * (x > 0)
    return dx, delta.T @ x, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | dx summed over the batch
def dense_backward(delta, x, W):
    dx = np.einsum("no,oi->i", delta, W)
    return dx, delta.T @ x, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | b forgotten
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | the constant 1 as db
def dense_backward(delta, x, W):
    return delta @ W, delta.T @ x, np.ones(W.shape[0])


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | dW from dx instead of delta
def dense_backward(delta, x, W):
    dx = delta @ W
    dW = (x.T @ dx).T
    return dx, dW, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | wrong | scales delta in place
def dense_backward(delta, x, W):
    delta /= len(delta)
    return delta @ W, delta.T @ x, delta.sum(axis=0)


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | right | einsum three times
def dense_backward(delta, x, W):
    return (
        np.einsum("no,oi->ni", delta, W),
        np.einsum("no,ni->oi", delta, x),
        np.einsum("no->o", delta),
    )


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | right | loops over the samples, a list
def dense_backward(g, x, W):
    dW, db, dx = np.zeros(W.shape), np.zeros(len(W)), []
    for gi, xi in zip(g, x):
        dW += np.outer(gi, xi)
        db += gi
        dx.append(W.T @ gi)
    return [np.array(dx), dW, db]


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.dense_backward | right | bias as a column of ones
def dense_backward(delta, x, W):
    G = delta.T @ np.c_[x, np.ones(len(x))]
    return (W.T @ delta.T).T, G[:, :-1], G[:, -1]


check("chain_rule.dense_backward", dense_backward)

# %% chain_rule.relu_backward | wrong | slope 1 at zero
def relu_backward(dz, u):
    return dz * (u >= 0)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | gate by dz
def relu_backward(dz, u):
    return np.maximum(dz, 0)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | multiplies with the ReLU itself
def relu_backward(dz, u):
    return dz * np.maximum(u, 0)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | only the mask
def relu_backward(dz, u):
    return (u > 0).astype(float)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | gate closed the wrong way
def relu_backward(dz, u):
    return np.where(u > 0, 0, dz)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | sign: minus one below zero
def relu_backward(dz, u):
    return dz * np.sign(u)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | half at zero
def relu_backward(dz, u):
    return dz * np.heaviside(u, 0.5)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | modifies dz
def relu_backward(dz, u):
    dz[u <= 0] = 0
    return dz


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | both have to be positive
def relu_backward(dz, u):
    return np.where((u > 0) & (dz > 0), dz, 0)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | only the passing entries, flattened
def relu_backward(dz, u):
    return dz[u > 0]


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | leaky slope below
def relu_backward(dz, u):
    return np.where(u > 0, dz, 0.01 * dz)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | truth value of an array
def relu_backward(dz, u):
    if u > 0:
        return dz
    return 0


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | where and the sides swapped dz and u
def relu_backward(dz, u):
    return np.where(dz > 0, u, 0)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | divides by u: 0/0 at zero
def relu_backward(dz, u):
    return dz * np.maximum(u, 0) / u


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | the gate opens only from u > 1
def relu_backward(dz, u):
    return dz * np.clip(np.floor(u), 0, 1)


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | wrong | loop over rows, whole row gated
def relu_backward(dz, u):
    out = np.zeros_like(dz)
    for i in range(len(u)):
        if (u[i] > 0).all():
            out[i] = dz[i]
    return out


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | right | masked copy
def relu_backward(dz, u):
    out = dz.copy()
    out[~(u > 0)] = 0
    return out


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | right | heaviside
def relu_backward(dz, u):
    return np.heaviside(u, 0) * dz


check("chain_rule.relu_backward", relu_backward)

# %% chain_rule.relu_backward | right | recursion over axes, lists
def relu_backward(dz, u):
    if np.ndim(u) == 0:
        return dz if u > 0 else 0.0
    return [relu_backward(a, b) for a, b in zip(dz, u)]


check("chain_rule.relu_backward", relu_backward)

# %% backprop.cross_entropy | wrong | as defined, overflows
def cross_entropy(u, t):
    p = np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(t)), t]).mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | stable softmax, then log of zero
def cross_entropy(u, t):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(t)), t]))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | epsilon in the logarithm
def cross_entropy(u, t):
    p = nn.softmax(u)
    return -np.mean(np.log(p[np.arange(len(t)), t] + 1e-12))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | sum, not mean
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(t)), t].sum()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | minus missing
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return np.mean([log_p[i, t[i]] for i in range(len(t))])


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | indexes the columns for all rows
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[:, t].mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | not summed per row but over all
def cross_entropy(u, t):
    s = u - u.max()
    log_p = s - np.log(np.exp(s).sum())
    return -log_p[np.arange(len(t)), t].mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | global maximum subtracted
def cross_entropy(u, t):
    s = u - np.max(u)
    log_p = s - np.log(np.sum(np.exp(s), axis=1, keepdims=True))
    return float(-np.mean(log_p[range(len(t)), t]))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | the shift not subtracted from the logit
def cross_entropy(u, t):
    m = u.max(axis=1, keepdims=True)
    lse = np.log(np.exp(u - m).sum(axis=1))
    return np.mean(lse - u[np.arange(len(t)), t])


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | mean over all entries, one-hot
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    onehot = np.eye(u.shape[1])[t]
    return -np.mean(onehot * log_p)


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | t taken for a distribution
def cross_entropy(u, t):
    p = nn.softmax(u)
    return -np.mean(np.sum(t[:, None] * np.log(p), axis=1))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | a vector of losses
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(t)), t]


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | log2
def cross_entropy(u, t):
    m = u.max(axis=1)
    e = np.exp(u - m[:, None]).sum(axis=1)
    n = np.arange(len(t))
    return np.mean((m - u[n, t]) / np.log(2) + np.log2(e))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | logits clipped
def cross_entropy(u, t):
    u = np.clip(u, -700, 700)
    lse = np.log(np.exp(u).sum(axis=1))
    return np.mean(lse - u[np.arange(len(t)), t])


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | labels one too low
def cross_entropy(u, t):
    s = u - u.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(t)), t - 1].mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | probability instead of its logarithm
def cross_entropy(u, t):
    return 1 - nn.softmax(u)[np.arange(len(t)), t].mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | return inside the loop
def cross_entropy(u, t):
    loss = 0
    for row, k in zip(u, t):
        loss += np.logaddexp.reduce(row) - row[k]
        return loss / len(t)


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | wrong | shift in place, u changed
def cross_entropy(u, t):
    u -= u.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(u).sum(axis=1)) - u[np.arange(len(t)), t])


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | right | differences to the right logit
def cross_entropy(u, t):
    d = u - np.take_along_axis(u, t[:, None], 1)
    return np.logaddexp.reduce(d, axis=1).mean()


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | right | plain Python, a loop
import math


def cross_entropy(u, t):
    total = 0.0
    for row, c in zip(u.tolist(), t.tolist()):
        m = max(row)
        total += m + math.log(sum(math.exp(v - m) for v in row)) - row[c]
    return total / len(t)


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | right | the library's log_softmax, trace
def cross_entropy(u, t):
    return -np.trace(nn.functions.log_softmax(u)[:, t]) / len(t)


check("backprop.cross_entropy", cross_entropy)

# %% backprop.cross_entropy | right | trimmed difference with one-hot mask, shape ()
def cross_entropy(u, t):
    hot = np.arange(u.shape[1]) == np.asarray(t)[:, None]
    m = u.max(1)
    return np.asarray(np.mean(m + np.log(np.exp(u - m[:, None]).sum(1)) - u[hot]))


check("backprop.cross_entropy", cross_entropy)

# %% backprop.p_minus_t | wrong | not divided by n
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    p[np.arange(len(t)), t] -= 1
    return p


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | subtracts in all rows
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    p[:, t] -= 1
    return p / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | t - p
def cross_entropy_gradient(u, t):
    n, k = u.shape
    return (np.eye(k)[t] - nn.softmax(u)) / n


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | divided by n k
def cross_entropy_gradient(u, t):
    return (nn.softmax(u) - np.eye(u.shape[1])[t]) / u.size


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | only the right class' column divided
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    n = len(t)
    p[np.arange(n), t] = (p[np.arange(n), t] - 1) / n
    return p


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | subtracts the number of the class
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    return (p - t[:, None]) / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | the logits minus one-hot
def cross_entropy_gradient(u, t):
    g = u.astype(float).copy()
    g[np.arange(len(t)), t] -= 1
    return g / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | slope of the sigmoid too
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    return (p - np.eye(u.shape[1])[t]) * p * (1 - p) / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | -1/p, the derivative for p
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    return -np.eye(u.shape[1])[t] / p / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | softmax overflows
def cross_entropy_gradient(u, t):
    p = np.exp(u) / np.sum(np.exp(u), axis=1, keepdims=True)
    return (p - np.eye(u.shape[1])[t]) / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | softmax down the columns
def cross_entropy_gradient(u, t):
    e = np.exp(u - u.max(axis=0))
    p = e / e.sum(axis=0)
    p[np.arange(len(t)), t] -= 1
    return p / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | averaged over the batch, shape (k,)
def cross_entropy_gradient(u, t):
    d = nn.softmax(u) - np.eye(u.shape[1])[t]
    return d.mean(axis=0)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | one-hot as wide as the greatest label
def cross_entropy_gradient(u, t):
    hot = np.zeros((len(t), t.max() + 1))
    hot[np.arange(len(t)), t] = 1
    return (nn.softmax(u) - hot) / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | divided by the number of classes
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    for i, c in enumerate(t):
        p[i, c] -= 1
    return p / u.shape[1]


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | returns the result of an in-place call, None
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    q = np.put_along_axis(p, t[:, None], -1, axis=1)
    return q


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | wrong | sets minus one instead of subtracting
def cross_entropy_gradient(u, t):
    p = nn.softmax(u)
    p[np.arange(len(t)), t] = -1
    return p / len(t)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | right | library's softmax, subtract.at
def cross_entropy_gradient(u, t):
    g = nn.softmax(u)
    np.subtract.at(g, (np.arange(len(t)), t), 1)
    g *= 1 / len(t)
    return g


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | right | nested lists, pure Python
import math


def cross_entropy_gradient(u, t):
    out = []
    for row, c in zip(u.tolist(), t.tolist()):
        e = [math.exp(v - max(row)) for v in row]
        out.append([(v / sum(e) - (j == c)) / len(t) for j, v in enumerate(e)])
    return out


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.p_minus_t | right | Jacobian of the softmax, row by row
def cross_entropy_gradient(u, t):
    n, k = u.shape
    lse = np.logaddexp.reduce(u, axis=1, keepdims=True)
    p = np.exp(u - lse)
    rows = []
    for i in range(n):
        J = np.eye(k) - np.outer(np.ones(k), p[i])
        rows.append(-J[t[i]] / n)
    return np.stack(rows)


check("backprop.p_minus_t", cross_entropy_gradient)

# %% backprop.two_layers | wrong | slope of tanh left out
def gradients(x, t, W1, b1, W2, b2):
    n = len(t)
    z1 = np.tanh(x @ W1.T + b1)
    d2 = nn.softmax(z1 @ W2.T + b2)
    d2[np.arange(n), t] -= 1
    d2 /= n
    d1 = d2 @ W2
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | slope of the sigmoid
def gradients(x, t, W1, b1, W2, b2):
    n = len(t)
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / n
    d1 = d2 @ W2 * z1 * (1 - z1)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | slope taken at u, 1 - u squared
def gradients(x, t, W1, b1, W2, b2):
    n = len(t)
    u1 = x @ W1.T + b1
    z1 = np.tanh(u1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / n
    d1 = (d2 @ W2) * (1 - u1**2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | not divided by n
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = nn.softmax(z1 @ W2.T + b2)
    for i in range(len(t)):
        d2[i, t[i]] -= 1
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | divided by n twice, in delta and in the means
def gradients(x, t, W1, b1, W2, b2):
    n = len(t)
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / n
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.mean(0), d2.T @ z1, d2.mean(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | dW2 with u1 instead of z1
def gradients(x, t, W1, b1, W2, b2):
    u1 = x @ W1.T + b1
    z1 = np.tanh(u1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), d2.T @ u1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | order dW2 first
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d2.T @ z1, d2.sum(0), d1.T @ x, d1.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | grouped weights first: dW1, dW2, db1, db2
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d2.T @ z1, d1.sum(0), d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | ReLU gate for the tanh
def gradients(x, t, W1, b1, W2, b2):
    u1 = x @ W1.T + b1
    z1 = np.tanh(u1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (u1 > 0)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | b1 forgotten in the forward pass
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | tanh on the logits too
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    z2 = np.tanh(z1 @ W2.T + b2)
    d2 = (nn.softmax(z2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | the loss in front of the four
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    p = nn.softmax(z1 @ W2.T + b2)
    loss = -np.log(p[np.arange(len(t)), t]).mean()
    d2 = (p - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return loss, d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | squared-error delta, softmax slope entrywise
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    p = nn.softmax(z1 @ W2.T + b2)
    d2 = (p - np.eye(len(b2))[t]) * p * (1 - p) / len(t)
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | 1 - tanh(z1) squared, tanh twice
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    d1 = d2 @ W2 * (1 - np.tanh(z1) ** 2)
    return d1.T @ x, d1.sum(0), d2.T @ z1, d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | uses functions under names never defined
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = cross_entropy_grad(z1 @ W2.T + b2, t)
    dz1, dW2, db2 = dense_backward(d2, z1, W2)
    _, dW1, db1 = dense_backward(dz1 * (1 - z1**2), x, W1)
    return dW1, db1, dW2, db2


check("backprop.two_layers", gradients)

# %% backprop.two_layers | wrong | W2 updated before it is used backward
def gradients(x, t, W1, b1, W2, b2):
    z1 = np.tanh(x @ W1.T + b1)
    d2 = (nn.softmax(z1 @ W2.T + b2) - np.eye(len(b2))[t]) / len(t)
    dW2, db2 = d2.T @ z1, d2.sum(0)
    W2 = W2 - 0.1 * dW2
    d1 = d2 @ W2 * (1 - z1**2)
    return d1.T @ x, d1.sum(0), dW2, db2


check("backprop.two_layers", gradients)

# %% backprop.two_layers | right | sample by sample
def gradients(x, t, W1, b1, W2, b2):
    out = [np.zeros_like(a, dtype=float) for a in (W1, b1, W2, b2)]
    for xi, c in zip(x, t):
        z = np.tanh(W1 @ xi + b1)
        u = W2 @ z + b2
        d = np.exp(u - np.logaddexp.reduce(u))
        d[c] -= 1
        e = (W2.T @ d) * (1 - z * z)
        for a, g in zip(out, (np.outer(e, xi), e, np.outer(d, z), d)):
            a += g / len(t)
    return out


check("backprop.two_layers", gradients)

# %% backprop.two_layers | right | slope as 1 / cosh squared, einsum
def gradients(x, t, W1, b1, W2, b2):
    u1 = np.einsum("ni,hi->nh", x, W1) + b1
    z1 = np.tanh(u1)
    d2 = (nn.softmax(np.einsum("nh,kh->nk", z1, W2) + b2) - np.eye(W2.shape[0])[t]) / x.shape[0]
    d1 = np.einsum("nk,kh->nh", d2, W2) / np.cosh(u1) ** 2
    return np.einsum("nh,ni->hi", d1, x), d1.sum(0), np.einsum("nk,nh->kh", d2, z1), d2.sum(0)


check("backprop.two_layers", gradients)

# %% backprop.two_layers | right | own helper functions, named differently
def _back(g, inp, M):
    return g @ M, g.T @ inp, g.sum(axis=0)


def gradients(x, t, W1, b1, W2, b2):
    hidden = np.tanh(x @ W1.T + b1)
    g = nn.softmax(hidden @ W2.T + b2)
    g[range(len(t)), t] -= 1
    gh, gW2, gb2 = _back(g / len(t), hidden, W2)
    _, gW1, gb1 = _back(gh * (1 - hidden) * (1 + hidden), x, W1)
    return gW1, gb1, gW2, gb2


check("backprop.two_layers", gradients)

# %% backprop.two_layers | right | complex step through the loss, slow
def gradients(x, t, W1, b1, W2, b2):
    params = [np.array(p, dtype=complex) for p in (W1, b1, W2, b2)]

    def loss():
        A, a, B, b = params
        u = np.tanh(x @ A.T + a) @ B.T + b
        s = u - u.real.max(axis=1, keepdims=True)
        lp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        return -lp[np.arange(len(t)), t].mean()

    grads = []
    for p in params:
        g = np.zeros(p.shape)
        for i in np.ndindex(p.shape):
            old = p[i]
            p[i] = old + 1e-30j
            g[i] = loss().imag / 1e-30
            p[i] = old
        grads.append(g)
    return tuple(grads)


check("backprop.two_layers", gradients)

# %% gradients.divide | wrong | sign of the second missing
def divide(a, b):
    return Tensor(a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: g * a.data / b.data**2))


check("gradients.divide", divide)

# %% gradients.divide | wrong | square missing
def divide(a, b):
    return Tensor(a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: -g * a.data / b.data))


check("gradients.divide", divide)

# %% gradients.divide | wrong | as for a product
def divide(a, b):
    return Tensor(a.data / b.data, (a, b), (lambda g: g * b.data, lambda g: g * a.data))


check("gradients.divide", divide)

# %% gradients.divide | wrong | a missing in the second
def divide(a, b):
    q = a.data / b.data
    return Tensor(q, (a, b), (lambda g: g / b.data, lambda g: -g / b.data**2))


check("gradients.divide", divide)

# %% gradients.divide | wrong | ways back in the wrong order
def divide(a, b):
    return Tensor(
        a.data / b.data, (a, b), (lambda g: -g * a.data / b.data**2, lambda g: g / b.data)
    )


check("gradients.divide", divide)

# %% gradients.divide | wrong | g forgotten
def divide(a, b):
    return Tensor(
        a.data / b.data, (a, b), (lambda g: 1 / b.data, lambda g: -a.data / b.data**2)
    )


check("gradients.divide", divide)

# %% gradients.divide | wrong | no lambdas, values
def divide(a, b):
    return Tensor(a.data / b.data, (a, b), (1 / b.data, -a.data / b.data**2))


check("gradients.divide", divide)

# %% gradients.divide | wrong | a number instead of a tensor
def divide(a, b):
    return a.data / b.data


check("gradients.divide", divide)

# %% gradients.divide | wrong | no parents
def divide(a, b):
    return Tensor(a.data / b.data)


check("gradients.divide", divide)

# %% gradients.divide | wrong | floor division
def divide(a, b):
    return Tensor(a.data // b.data, (a, b), (lambda g: g / b.data, lambda g: -g * a.data / b.data**2))


check("gradients.divide", divide)

# %% gradients.divide | wrong | the library's division inside
def divide(a, b):
    return a / b


check("gradients.divide", divide)

# %% gradients.divide | wrong | only one way back
def divide(a, b):
    return Tensor(a.data / b.data, (a,), (lambda g: g / b.data,))


check("gradients.divide", divide)

# %% gradients.divide | wrong | value b/a
def divide(a, b):
    return Tensor(b.data / a.data, (a, b), (lambda g: -g * b.data / a.data**2, lambda g: g / a.data))


check("gradients.divide", divide)

# %% gradients.divide | wrong | quotient rule put together wrongly
def divide(a, b):
    return Tensor(
        a.data / b.data,
        (a, b),
        (lambda g: g * b.data / b.data**2, lambda g: g * (b.data - a.data) / b.data**2),
    )


check("gradients.divide", divide)

# %% gradients.divide | wrong | summed gradient in the second
def divide(a, b):
    return Tensor(
        a.data / b.data,
        (a, b),
        (lambda g: g / b.data, lambda g: np.sum(-g * a.data / b.data**2) * np.ones_like(b.data)),
    )


check("gradients.divide", divide)

# %% gradients.divide | wrong | parents swapped, ways not
def divide(a, b):
    return Tensor(
        a.data / b.data, (b, a), (lambda g: g / b.data, lambda g: -g * a.data / b.data**2)
    )


check("gradients.divide", divide)

# %% gradients.divide | wrong | late binding loop of lambdas
def divide(a, b):
    ways = []
    for slope in (1 / b.data, -a.data / b.data**2):
        ways.append(lambda g: g * slope)
    return Tensor(a.data / b.data, (a, b), tuple(ways))


check("gradients.divide", divide)

# %% gradients.divide | wrong | operations on tensors, ^ for power
def divide(a, b):
    return Tensor(a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: -g * a.data / b.data ^ 2))


check("gradients.divide", divide)

# %% gradients.divide | right | the quotient used again
def divide(a, b):
    q = np.divide(a.data, b.data)
    return Tensor(q, (a, b), (lambda g: g / b.data, lambda g: -g * q / b.data))


check("gradients.divide", divide)

# %% gradients.divide | right | product with a reciprocal node
def divide(a, b):
    r = 1 / b.data
    inverse = Tensor(r, (b,), (lambda g: -g * r * r,))
    return Tensor(a.data * r, (a, inverse), (lambda g: g * r, lambda g: g * a.data))


check("gradients.divide", divide)

# %% gradients.divide | right | named inner functions, parents in the other order
def divide(p, q):
    def to_q(g):
        return -(g * p.data) / (q.data * q.data)

    def to_p(g):
        return g * q.data**-1.0

    return Tensor(p.data / q.data, (q, p), (to_q, to_p))


check("gradients.divide", divide)

# %% gradients.divide | right | a subclass with an extra attribute
class Quotient(Tensor):
    operation = "/"


def divide(a, b):
    return Quotient(
        a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: -a.data * g / b.data / b.data)
    )


check("gradients.divide", divide)

# %% gradients.numeric | wrong | one-sided
def numeric_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x)) / h
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | all entries nudged at once
def numeric_gradient(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | divided by h only
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / h
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | / 2 * h
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / 2 * h
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | only vectors
def numeric_gradient(f, x, h):
    g = []
    for i in range(len(x)):
        e = np.zeros(len(x))
        e[i] = h
        g.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(g)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | changes x and does not put it back
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        g[i] = (up - down) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | alias instead of a copy
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x, x
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | whole rows nudged in a matrix
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in range(x.shape[0]):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | flat result
def numeric_gradient(f, x, h):
    g = []
    for i in range(x.size):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        g.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(g)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | two nested loops, matrices only
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            e = np.zeros(x.shape)
            e[i, j] = h
            g[i, j] = (f(x + e) - f(x - e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | nudge stays from place to place
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    e = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | own h, the argument ignored
def numeric_gradient(f, x, h=None):
    h = 1e-5
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | f of one entry instead of the array
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        g[i] = (f(x[i] + h) - f(x[i] - h)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | sign: minus first
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x - e) - f(x + e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | integers: zeros_like of an integer x
def numeric_gradient(f, x, h):
    x = x.astype(int)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | return too far in
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
        return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | endless while
def numeric_gradient(f, x, h):
    g = np.zeros(x.size)
    i = 0
    while i < x.size:
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g.reshape(x.shape)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | wrong | x restored, but only up to rounding
def numeric_gradient(f, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        x[i] += h
        g[i] = (up - down) / (2 * h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | right | rows of an identity matrix
def numeric_gradient(f, x, h):
    E = h * np.eye(x.size)
    d = [f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape)) for e in E]
    return np.reshape(d, x.shape) / (2 * h)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | right | one copy, changed and put back
def numeric_gradient(f, x, h):
    y = np.array(x, dtype=float)
    flat, out = y.reshape(-1), np.empty(y.size)
    for i in range(y.size):
        old = flat[i]
        flat[i] = old + h
        a = f(y)
        flat[i] = old - h
        b = f(y)
        flat[i] = old
        out[i] = (a - b) / (2 * h)
    return out.reshape(x.shape)


check("gradients.numeric", numeric_gradient)

# %% gradients.numeric | right | np.nditer, each side halved
def numeric_gradient(f, x, h):
    g = np.zeros(np.shape(x))
    it = np.nditer(g, flags=["multi_index", "zerosize_ok"])
    for _ in it:
        up, down = np.array(x, float), np.array(x, float)
        up[it.multi_index] += h
        down[it.multi_index] -= h
        g[it.multi_index] = 0.5 * (f(up) / h - f(down) / h)
    return g


check("gradients.numeric", numeric_gradient)

# %% gradients.repair | wrong | only the labels' line mended
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.mean(axis=0))
        delta = delta @ W * (z * (1 - z))
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | the mean of db left
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.mean(axis=0))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | slope left as the sigmoid's
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (z * (1 - z))
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | labels' line left, the others mended
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[:, t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | the division by n removed as well
def repaired(Ws, zs, t):
    delta = nn.softmax(zs[-1])
    delta[np.arange(len(t)), t] -= 1
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | db over the wrong axis
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=1))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | tanh applied again in the slope
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (1 - np.tanh(z) ** 2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | (1 - z)**2
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (1 - z) ** 2
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | append for insert, lists reversed
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.append(delta.T @ z)
        dbs.append(delta.sum(axis=0))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | W transposed on the way
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W.T * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | the original handed in
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[:, t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.mean(axis=0))
        delta = delta @ W * (z * (1 - z))
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | softmax in place on the logits of the caller
def repaired(Ws, zs, t):
    n = len(t)
    delta = zs[-1]
    delta[...] = nn.softmax(delta)
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.sum(axis=0))
        delta = delta @ W * (1 - z**2)
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | slope before the matrix, on the outputs' side
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [], []
    for k in range(len(Ws) - 1, -1, -1):
        if k < len(Ws) - 1:
            delta = delta @ Ws[k + 1] * (1 - zs[k] ** 2 if zs[k].shape == zs[k + 1].shape else 1)
        dWs.insert(0, delta.T @ zs[k])
        dbs.insert(0, delta.sum(axis=0))
    return dWs, dbs


check("gradients.repair", repaired)

# %% gradients.repair | wrong | returns pairs per layer
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    grads = []
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        grads.insert(0, (delta.T @ z, delta.sum(axis=0)))
        delta = delta @ W * (1 - z**2)
    return grads


check("gradients.repair", repaired)

# %% gradients.repair | right | loop over indices, append and reverse
def repaired(Ws, zs, t):
    n = len(t)
    d = (nn.softmax(zs[-1]) - np.eye(zs[-1].shape[1])[t]) / n
    dWs, dbs = [], []
    for k in reversed(range(len(Ws))):
        dWs.append(d.T @ zs[k])
        dbs.append(d.sum(0))
        if k:
            d = (d @ Ws[k]) * (1 - zs[k]) * (1 + zs[k])
    return dWs[::-1], dbs[::-1]


check("gradients.repair", repaired)

# %% gradients.repair | right | recursion, tuples
def repaired(Ws, zs, t):
    d = nn.softmax(zs[-1])
    for i, c in enumerate(t):
        d[i, c] -= 1

    def back(k, d):
        if k < 0:
            return (), ()
        ws, bs = back(k - 1, d @ Ws[k] * (1 - zs[k] * zs[k]))
        return (*ws, np.einsum("no,ni->oi", d, zs[k])), (*bs, d.sum(axis=0))

    return back(len(Ws) - 1, d / len(t))


check("gradients.repair", repaired)

# %% gradients.repair | right | db as mean times n
def repaired(Ws, zs, t):
    n = len(t)
    delta = nn.softmax(zs[-1])
    delta[np.arange(n), t] -= 1
    delta /= n
    dWs, dbs = [None] * len(Ws), [None] * len(Ws)
    for i in range(len(Ws) - 1, -1, -1):
        dWs[i] = delta.T @ zs[i]
        dbs[i] = n * delta.mean(axis=0)
        delta = delta @ Ws[i] * (1 - np.square(zs[i]))
    return [dWs, dbs]


check("gradients.repair", repaired)

# %% gradients.silent_bug | wrong | tanh, odd function
hidden_by = "tanh"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | sigmoid, slope from z
hidden_by = "sigmoid"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | identity, not one of the three
hidden_by = "identity"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | two names
hidden_by = ["relu", "tanh"]

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | leaky ReLU
hidden_by = "leaky_relu"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | softmax
hidden_by = "softmax"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | says none of them
hidden_by = "none"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | capital Sigmoid
hidden_by = "Sigmoid"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | the step function, from memory
hidden_by = "step"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | a truth value
hidden_by = True

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | the activation's parameter lr
hidden_by = 0.1

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | all three as one string
hidden_by = "sigmoid, tanh and relu"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | misspelled wrong answer
hidden_by = "tahn"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | wrong | says not relu
hidden_by = "not relu"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | right | as written in text
hidden_by = "ReLU"

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | right | a blank behind
hidden_by = "relu "

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | right | found by a loop over the names
def wrongness(name):
    f = nn.ACTIVATIONS[name]
    u = np.linspace(-3, 3, 61)
    return np.abs(f.df(f.f(u)) - f.df(u)).max()


hidden_by = min(["sigmoid", "tanh", "relu"], key=wrongness)

check("gradients.silent_bug", hidden_by)

# %% gradients.silent_bug | right | numpy string
hidden_by = np.array(["sigmoid", "tanh", "relu"])[-1]

check("gradients.silent_bug", hidden_by)
