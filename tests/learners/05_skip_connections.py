# %% skip.forward | wrong | the wire is missing
def residual(x, f):
    return f(x)


check("skip.forward", residual)

# %% skip.forward | wrong | minus
def residual(x, f):
    return x - f(x)


check("skip.forward", residual)

# %% skip.forward | wrong | f minus x: the residual itself
def residual(x, f):
    return f(x) - x


check("skip.forward", residual)

# %% skip.forward | wrong | times
def residual(x, f):
    return x * f(x)


check("skip.forward", residual)

# %% skip.forward | wrong | the wire inside the branch
def residual(x, f):
    return f(x + x)


check("skip.forward", residual)

# %% skip.forward | wrong | twice the branch
def residual(x, f):
    y = f(x)
    return y + f(y)


check("skip.forward", residual)

# %% skip.forward | wrong | wire around, but branch of the branch
def residual(x, f):
    return x + f(f(x))


check("skip.forward", residual)

# %% skip.forward | wrong | in place: x itself is changed
def residual(x, f):
    x += f(x)
    return x


check("skip.forward", residual)

# %% skip.forward | wrong | function not called
def residual(x, f):
    return x + f


check("skip.forward", residual)

# %% skip.forward | wrong | ReLU after the sum
def residual(x, f):
    return np.maximum(x + f(x), 0)


check("skip.forward", residual)

# %% skip.forward | wrong | side by side, not added
def residual(x, f):
    return np.concatenate([x, f(x)], axis=-1)


check("skip.forward", residual)

# %% skip.forward | wrong | the mean of the two
def residual(x, f):
    return (x + f(x)) / 2


check("skip.forward", residual)

# %% skip.forward | wrong | scaled by root of two
def residual(x, f):
    return (x + f(x)) / np.sqrt(2)


check("skip.forward", residual)

# %% skip.forward | wrong | one is added
def residual(x, f):
    return 1 + f(x)


check("skip.forward", residual)

# %% skip.forward | wrong | the sum of all entries of the branch
def residual(x, f):
    return x + np.sum(f(x))


check("skip.forward", residual)

# %% skip.forward | wrong | printed
def residual(x, f):
    print(x + f(x))


check("skip.forward", residual)

# %% skip.forward | wrong | matrix product
def residual(x, f):
    return x @ f(x).T


check("skip.forward", residual)

# %% skip.forward | wrong | the wire only where the branch is 0
def residual(x, f):
    y = f(x)
    return np.where(y == 0, x, y)


check("skip.forward", residual)

# %% skip.forward | wrong | a gate between
def residual(x, f):
    g = 0.5
    return g * x + (1 - g) * f(x)


check("skip.forward", residual)

# %% skip.forward | wrong | adds in place to the branch, then doubles
def residual(x, f):
    y = f(x)
    for i in range(len(x)):
        y[i] = y[i] + x[i]
    return y + x


check("skip.forward", residual)

# %% skip.forward | right | np.add with out
def residual(x, f):
    y = np.empty(np.shape(x))
    np.add(x, f(x), out=y)
    return y


check("skip.forward", residual)

# %% skip.forward | right | a sum of a stack
def residual(x, f):
    return np.stack([x, f(x)]).sum(axis=0)


check("skip.forward", residual)

# %% skip.forward | right | branch on a copy, added entry by entry
def residual(signal, zweig):
    y = zweig(np.array(signal)).copy()
    for i in np.ndindex(y.shape):
        y[i] = y[i] + signal[i]
    return y


check("skip.forward", residual)

# %% skip.forward | right | einsum
def residual(x, f):
    return np.einsum("k...->...", np.array([x, f(x)], dtype=float))


check("skip.forward", residual)

# %% skip.forward | right | a lambda
residual = lambda x, f: f(x) + x


check("skip.forward", residual)

# %% skip.backward | wrong | the wire's share missing
def block_backward(dy, x, W):
    dx = (dy @ W) * (x > 0)
    dW = dy.T @ np.maximum(x, 0)
    return dx, dW


check("skip.backward", block_backward)

# %% skip.backward | wrong | the mask over the wire too
def block_backward(dy, x, W):
    dx = (dy + dy @ W) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | W transposed
def block_backward(dy, x, W):
    dx = dy + (dy @ W.T) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | the mask missing
def block_backward(dy, x, W):
    dx = dy + dy @ W
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW with x in place of relu(x)
def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x > 0)
    return dx, dy.T @ x


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW transposed
def block_backward(dy, x, W):
    z = np.maximum(x, 0)
    dx = dy + (dy @ W) * (x > 0)
    return dx, z.T @ dy


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW averaged over the batch
def block_backward(dy, x, W):
    z = np.maximum(x, 0)
    dx = dy + (dy @ W) * (x > 0)
    return dx, dy.T @ z / len(x)


check("skip.backward", block_backward)

# %% skip.backward | wrong | the mask before W
def block_backward(dy, x, W):
    dx = dy + (dy * (x > 0)) @ W
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | 1 on the wire in place of dy
def block_backward(dy, x, W):
    dx = 1 + (dy @ W) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | slope 1 at x = 0
def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x >= 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | exchanged order
def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x > 0)
    dW = dy.T @ np.maximum(x, 0)
    return dW, dx


check("skip.backward", block_backward)

# %% skip.backward | wrong | dx alone
def block_backward(dy, x, W):
    return dy + (dy @ W) * (x > 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | x added, not dy: the forward's wire
def block_backward(dy, x, W):
    dx = x + (dy @ W) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | relu(x) in place of its slope
def block_backward(dy, x, W):
    z = np.maximum(x, 0)
    dx = dy + (dy @ W) * z
    return dx, dy.T @ z


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW of the last sample only
def block_backward(dy, x, W):
    dx = np.zeros_like(x)
    for i in range(len(x)):
        z = np.maximum(x[i], 0)
        dx[i] = dy[i] + (W.T @ dy[i]) * (x[i] > 0)
        dW = np.outer(dy[i], z)
    return dx, dW


check("skip.backward", block_backward)

# %% skip.backward | wrong | the first row alone: return in the loop
def block_backward(dy, x, W):
    dx, dW = dy.copy(), np.zeros_like(W)
    for i in range(len(x)):
        dx[i] += (dy[i] @ W) * (x[i] > 0)
        dW += np.outer(dy[i], np.maximum(x[i], 0))
        return dx, dW


check("skip.backward", block_backward)

# %% skip.backward | wrong | dy overwritten
def block_backward(dy, x, W):
    dW = dy.T @ np.maximum(x, 0)
    dy += (dy @ W) * (x > 0)
    return dy, dW


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW with the identity of the wire
def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0) + np.eye(len(W))


check("skip.backward", block_backward)

# %% skip.backward | wrong | dW from dx
def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x > 0)
    return dx, dx.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | mask from the output of the branch
def block_backward(dy, x, W):
    u = np.maximum(x, 0) @ W.T
    dx = dy + (dy @ W) * (u > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | the wire twice
def block_backward(dy, x, W):
    dx = 2 * dy + (dy @ W) * (x > 0)
    return dx, dy.T @ np.maximum(x, 0)


check("skip.backward", block_backward)

# %% skip.backward | wrong | x overwritten by its relu
def block_backward(dy, x, W):
    x[x < 0] = 0
    dx = dy + (dy @ W) * (x > 0)
    return dx, dy.T @ x


check("skip.backward", block_backward)

# %% skip.backward | right | sample by sample
def block_backward(dy, x, W):
    n, d = x.shape
    dx = np.zeros((n, d))
    dW = np.zeros((d, d))
    for s in range(n):
        J = np.eye(d) + W @ np.diag((x[s] > 0).astype(float))
        dx[s] = dy[s] @ J
        dW += np.outer(dy[s], x[s] * (x[s] > 0))
    return dx, dW


check("skip.backward", block_backward)

# %% skip.backward | right | einsum, a list
def block_backward(dy, x, W):
    on = np.heaviside(x, 0)
    back = np.einsum("ni,ij,nj->nj", dy, W, on)
    return [back + dy, np.einsum("ni,nj->ij", dy, x * on)]


check("skip.backward", block_backward)

# %% skip.backward | right | einsum, a tuple
def block_backward(dy, x, W):
    on = np.heaviside(x, 0)
    back = np.einsum("ni,ij,nj->nj", dy, W, on)
    return back + dy, np.einsum("ni,nj->ij", dy, x * on)


check("skip.backward", block_backward)

# %% skip.backward | right | in place on a copy, relu as a half sum
def block_backward(dy, x, W):
    dx = dy.copy()
    branch = np.dot(dy, W)
    branch[x <= 0] = 0
    dx += branch
    dW = (((x + np.abs(x)) / 2).T @ dy).T
    return dx, dW


check("skip.backward", block_backward)

# %% skip.backward | right | with the library's layers
def block_backward(dy, x, W):
    dense = nn.Dense(len(W), len(W), rng=np.random.default_rng(0))
    dense.W[...] = W
    z, saved = nn.relu.forward(x)
    _, saved_dense = dense.forward(z)
    dz = dense.backward(dy, saved_dense)
    return dy + nn.relu.backward(dz, saved), dense.dW


check("skip.backward", block_backward)

# %% skip.backward | right | four loops' worth of sums
def block_backward(dy, x, W):
    n, d = x.shape
    dx = np.array([[dy[s, j] + (sum(dy[s, i] * W[i, j] for i in range(d)) if x[s, j] > 0 else 0) for j in range(d)] for s in range(n)])
    dW = np.array([[sum(dy[s, i] * max(x[s, j], 0) for s in range(n)) for j in range(d)] for i in range(d)])
    return dx, dW


check("skip.backward", block_backward)

# %% skip.variance | wrong | s not squared
def variance_after(blocks, s):
    return (1 + s) ** blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | added, not multiplied
def variance_after(blocks, s):
    return 1 + blocks * s**2


check("skip.variance", variance_after)

# %% skip.variance | wrong | the wire missing
def variance_after(blocks, s):
    return s ** (2 * blocks)


check("skip.variance", variance_after)

# %% skip.variance | wrong | the amplitudes added, then squared
def variance_after(blocks, s):
    return (1 + s) ** (2 * blocks)


check("skip.variance", variance_after)

# %% skip.variance | wrong | one block fewer
def variance_after(blocks, s):
    v = 1
    for _ in range(1, blocks):
        v = v * (1 + s**2)
    return v


check("skip.variance", variance_after)

# %% skip.variance | wrong | times the number of blocks
def variance_after(blocks, s):
    return blocks * (1 + s**2)


check("skip.variance", variance_after)

# %% skip.variance | wrong | the standard deviation
def variance_after(blocks, s):
    return np.sqrt((1 + s**2) ** blocks)


check("skip.variance", variance_after)

# %% skip.variance | wrong | precedence: one plus s to the 2 to the L
def variance_after(blocks, s):
    return 1 + s**2**blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | one plus s^(2L)
def variance_after(blocks, s):
    return 1 + (s**2) ** blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | caret
def variance_after(blocks, s):
    return (1 + s**2) ^ blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | the limit, e to the L s^2
def variance_after(blocks, s):
    return np.exp(blocks * s**2)


check("skip.variance", variance_after)

# %% skip.variance | wrong | only what the branches add
def variance_after(blocks, s):
    return (1 + s**2) ** blocks - 1


check("skip.variance", variance_after)

# %% skip.variance | wrong | 2^L: s ignored
def variance_after(blocks, s):
    return 2**blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | return in the loop
def variance_after(blocks, s):
    v = 1.0
    for _ in range(blocks):
        v += s**2 * v
        return v


check("skip.variance", variance_after)

# %% skip.variance | wrong | the branch keeps variance 1 throughout, a loop
def variance_after(blocks, s):
    v = 1.0
    for i in range(blocks):
        v = v + s**2 * 1.0
    return v


check("skip.variance", variance_after)

# %% skip.variance | wrong | s divided by root L: the cure already in
def variance_after(blocks, s):
    return (1 + s**2 / blocks) ** blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | minus
def variance_after(blocks, s):
    return (1 - s**2) ** blocks


check("skip.variance", variance_after)

# %% skip.variance | wrong | one block too many
def variance_after(blocks, s):
    v = 1.0
    for _ in range(blocks + 1):
        v *= 1 + s**2
    return v


check("skip.variance", variance_after)

# %% skip.variance | wrong | covariance counted: 2 s
def variance_after(blocks, s):
    v = 1.0
    for _ in range(blocks):
        v = v + s**2 * v + 2 * s * v
    return v


check("skip.variance", variance_after)

# %% skip.variance | wrong | normalized variance: always 1
def variance_after(blocks, s):
    return 1.0


check("skip.variance", variance_after)

# %% skip.variance | wrong | a list of all variances
def variance_after(blocks, s):
    v = [1.0]
    for _ in range(blocks):
        v.append(v[-1] * (1 + s * s))
    return v


check("skip.variance", variance_after)

# %% skip.variance | right | a loop that adds
def variance_after(blocks, s):
    v = 1.0
    for _ in range(blocks):
        v += s * s * v
    return v


check("skip.variance", variance_after)

# %% skip.variance | right | recursion
def variance_after(blocks, s):
    if blocks == 0:
        return 1
    return (1 + s**2) * variance_after(blocks - 1, s)


check("skip.variance", variance_after)

# %% skip.variance | right | a sum over all paths
from math import comb


def variance_after(blocks, s):
    return sum(comb(blocks, k) * s ** (2 * k) for k in range(blocks + 1))


check("skip.variance", variance_after)

# %% skip.variance | right | exponential and log1p
def variance_after(blocks, s):
    return np.exp(blocks * np.log1p(s**2))


check("skip.variance", variance_after)

# %% skip.variance | right | a product of an array
def variance_after(L, anteil):
    return np.prod(np.full(L, 1 + anteil**2))


check("skip.variance", variance_after)

# %% skip.paths | wrong | k = blocks left out
from math import comb


def paths(blocks):
    return np.array([comb(blocks, k) for k in range(blocks)])


check("skip.paths", paths)

# %% skip.paths | wrong | from k = 1
from math import comb


def paths(blocks):
    return np.array([comb(blocks, k) for k in range(1, blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | arguments of comb exchanged
from math import comb


def paths(blocks):
    return np.array([comb(k, blocks) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | the total
from math import comb


def paths(blocks):
    return 2**blocks


check("skip.paths", paths)

# %% skip.paths | wrong | the sum of all
from math import comb


def paths(blocks):
    return sum(comb(blocks, k) for k in range(blocks + 1))


check("skip.paths", paths)

# %% skip.paths | wrong | powers of two
from math import comb


def paths(blocks):
    return 2 ** np.arange(blocks + 1)


check("skip.paths", paths)

# %% skip.paths | wrong | shares, not numbers
from math import comb


def paths(blocks):
    p = np.array([comb(blocks, k) for k in range(blocks + 1)])
    return p / p.sum()


check("skip.paths", paths)

# %% skip.paths | wrong | one path for each k
from math import comb


def paths(blocks):
    return np.ones(blocks + 1)


check("skip.paths", paths)

# %% skip.paths | wrong | the row before in Pascal's triangle
from math import comb


def paths(blocks):
    return np.array([comb(blocks - 1, k) for k in range(blocks)])


check("skip.paths", paths)

# %% skip.paths | wrong | order counts: permutations
from math import perm


def paths(blocks):
    return np.array([perm(blocks, k) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | times k
from math import comb


def paths(blocks):
    return np.array([k * comb(blocks, k) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | return in the loop
from math import comb


def paths(blocks):
    counts = np.zeros(blocks + 1)
    for k in range(blocks + 1):
        counts[k] = comb(blocks, k)
        return counts


check("skip.paths", paths)

# %% skip.paths | wrong | running sums: at most k branches
from math import comb


def paths(blocks):
    return np.cumsum([comb(blocks, k) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | comb of an array
from math import comb


def paths(blocks):
    return comb(blocks, np.arange(blocks + 1))


check("skip.paths", paths)

# %% skip.paths | wrong | the next row
from math import comb


def paths(blocks):
    return np.array([comb(blocks + 1, k) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | small whole numbers: overflow from 128 on
from math import comb


def paths(blocks):
    return np.array([comb(blocks, k) % 256 for k in range(blocks + 1)], dtype=np.uint8)


check("skip.paths", paths)

# %% skip.paths | wrong | hard-coded for four blocks
from math import comb


def paths(blocks):
    return np.array([1, 4, 6, 4, 1])


check("skip.paths", paths)

# %% skip.paths | wrong | the lower half, zeros beyond
from math import comb


def paths(blocks):
    out = np.zeros(blocks + 1, dtype=int)
    for k in range(blocks // 2 + 1):
        out[k] = comb(blocks, k)
    return out


check("skip.paths", paths)

# %% skip.paths | wrong | a product in place of the quotient
from math import comb


def paths(blocks):
    out = [1]
    for k in range(1, blocks + 1):
        out.append(out[-1] * (blocks - k + 1))
    return np.array(out)


check("skip.paths", paths)

# %% skip.paths | wrong | blocks over k, integer division
from math import comb


def paths(blocks):
    return np.array([1] + [blocks // k for k in range(1, blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | wrong | printed
from math import comb


def paths(blocks):
    print([comb(blocks, k) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | right | convolution
from math import comb


def paths(blocks):
    p = np.array([1])
    for _ in range(blocks):
        p = np.convolve(p, [1, 1])
    return p


check("skip.paths", paths)

# %% skip.paths | right | Pascal's triangle, floats
from math import comb


def paths(blocks):
    row = [1.0]
    for _ in range(blocks):
        row = [a + b for a, b in zip([0.0] + row, row + [0.0])]
    return np.array(row)


check("skip.paths", paths)

# %% skip.paths | right | counts every path
from itertools import product


def paths(blocks):
    counts = np.zeros(blocks + 1, dtype=int)
    for path in product((0, 1), repeat=blocks):
        counts[sum(path)] += 1
    return counts


check("skip.paths", paths)

# %% skip.paths | right | a list
from math import comb


def paths(blocks):
    return [comb(blocks, k) for k in range(blocks + 1)]


check("skip.paths", paths)

# %% skip.paths | right | quotients of factorials
from math import factorial as f


def paths(blocks):
    return np.array([f(blocks) // (f(k) * f(blocks - k)) for k in range(blocks + 1)])


check("skip.paths", paths)

# %% skip.paths | right | binomial distribution times 2^L by the roots of unity
from math import comb


def paths(blocks):
    w = np.exp(-2j * np.pi * np.arange(blocks + 1) / (blocks + 1))
    return np.rint(np.fft.ifft((1 + w) ** blocks).real)


check("skip.paths", paths)

# %% skip.paths | right | recursion on the array
from math import comb


def paths(blocks):
    if blocks == 0:
        return np.ones(1, dtype=int)
    before = paths(blocks - 1)
    after = np.zeros(blocks + 1, dtype=int)
    after[:-1] += before
    after[1:] += before
    return after


check("skip.paths", paths)

# %% skip.jacobian | wrong | order: first block leftmost
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = J @ (np.eye(len(Ji)) + Ji)
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | wires missing
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = Ji @ J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | one wire around everything
def jacobian(Js):
    P = np.eye(len(Js[0]))
    for Ji in Js:
        P = Ji @ P
    return np.eye(len(P)) + P


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | to first order: identity and the sum
def jacobian(Js):
    return np.eye(Js[0].shape[0]) + sum(Js)


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | one added to every entry
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = (1 + Ji) @ J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | entry by entry product
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = (np.eye(len(Ji)) + Ji) * J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | transposed
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = (np.eye(len(Ji)) + Ji) @ J
    return J.T


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the last block left out
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js[:-1]:
        J = J + Ji @ J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the first block left out
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for i in range(1, len(Js)):
        J = J + Js[i] @ J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | sum of the factors
def jacobian(Js):
    return sum(np.eye(len(J)) + J for J in Js)


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | minus
def jacobian(Js):
    J = np.eye(len(Js[0]))
    for Ji in Js:
        J = (np.eye(len(Ji)) - Ji) @ J
    return J


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | changes the matrices handed in
def jacobian(Js):
    out = np.eye(len(Js[0]))
    for J in Js:
        J += np.eye(len(J))
        out = J @ out
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | return in the loop
def jacobian(Js):
    out = np.eye(len(Js[0]))
    for J in Js:
        out = out + J @ out
        return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | starts from zeros
def jacobian(Js):
    out = np.zeros_like(Js[0])
    for J in Js:
        out = (np.eye(len(J)) + J) @ out
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | identity added to the product each time
def jacobian(Js):
    I = np.eye(len(Js[0]))
    out = I
    for J in Js:
        out = I + J @ out
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the first factor twice
def jacobian(Js):
    I = np.eye(len(Js[0]))
    out = I + Js[0]
    for J in Js:
        out = (I + J) @ out
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the list is reversed in place
def jacobian(Js):
    Js.reverse()
    out = np.eye(len(Js[0]))
    for J in Js:
        out = out @ (np.eye(len(J)) + J)
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the power of the last
def jacobian(Js):
    I = np.eye(len(Js[0]))
    return np.linalg.matrix_power(I + Js[-1], len(Js))


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | for three branches only, third order forgotten
def jacobian(Js):
    I = np.eye(len(Js[0]))
    out = I + sum(Js)
    for j in range(len(Js)):
        for i in range(j):
            out = out + Js[j] @ Js[i]
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the determinant
def jacobian(Js):
    out = np.eye(len(Js[0]))
    for J in Js:
        out = (np.eye(len(J)) + J) @ out
    return np.linalg.det(out)


check("skip.jacobian", jacobian)

# %% skip.jacobian | wrong | the wires around the products: indices from 1, order mixed
def jacobian(Js):
    out = np.eye(len(Js[0]))
    for J in Js:
        out = out + out @ J
    return out


check("skip.jacobian", jacobian)

# %% skip.jacobian | right | all paths, subset by subset
from itertools import combinations


def jacobian(Js):
    d = len(Js[0])
    total = np.zeros((d, d))
    for k in range(len(Js) + 1):
        for chosen in combinations(Js, k):
            path = np.eye(d)
            for J in chosen:
                path = J @ path
            total += path
    return total


check("skip.jacobian", jacobian)

# %% skip.jacobian | right | reduce
from functools import reduce


def jacobian(Js):
    return reduce(lambda total, J: total + J @ total, Js, np.eye(np.shape(Js[0])[0]))


check("skip.jacobian", jacobian)

# %% skip.jacobian | right | recursion from the end
def jacobian(Js):
    last = np.eye(len(Js[-1])) + Js[-1]
    return last if len(Js) == 1 else last @ jacobian(Js[:-1])


check("skip.jacobian", jacobian)

# %% skip.jacobian | right | from the right, rows of the vector-Jacobian product
def jacobian(Js):
    rows = np.identity(len(Js[0]))
    for J in reversed(list(Js)):
        rows = rows + rows @ J
    return rows


check("skip.jacobian", jacobian)

# %% skip.jacobian | right | column by column
def jacobian(Js):
    d = Js[0].shape[1]
    columns = []
    for e in np.eye(d):
        v = e
        for J in Js:
            v = v + np.einsum("ij,j->i", J, v)
        columns.append(v)
    return np.column_stack(columns)


check("skip.jacobian", jacobian)

# %% skip.depth | wrong | with wires depth is thought to hurt too: 40 for both
worst = {"plain": 40, "skip": 40}

check("skip.depth", worst)

# %% skip.depth | wrong | the two are swapped, the keys in the other order
worst = {"skip": 40, "plain": 2}

check("skip.depth", worst)

# %% skip.depth | wrong | the best depth of each instead of the worst
worst = {}
for name, wires in (("plain", False), ("skip", True)):
    right = {d: trained(d, wires, "tanh", 0.03)[1] for d in (2, 10, 40)}
    worst[name] = max(right, key=right.get)
print(worst)

check("skip.depth", worst)

# %% skip.depth | wrong | the share of right digits instead of the depth
worst = {"plain": 0.21, "skip": 0.66}

check("skip.depth", worst)

# %% skip.depth | wrong | the positions on the slider, not the depths
worst = {"plain": 2, "skip": 0}

check("skip.depth", worst)

# %% skip.depth | wrong | read at learning rate 0.3
worst = dict(plain=0, skip=0)
for wires in (False, True):
    r = [float(trained(d, wires, "tanh", 0.3)[1]) for d in (2, 10, 40)]
    worst["skip" if wires else "plain"] = [2, 10, 40][int(np.argmin(r))]

check("skip.depth", worst)

# %% skip.depth | wrong | plain guessed at 2, as the shallowest is weakest
worst = {"plain": 2, "skip": 2}

check("skip.depth", worst)

# %% skip.depth | wrong | the middle depth with wires
deepest = 40
worst = {"plain": deepest, "skip": 10}

check("skip.depth", worst)

# %% skip.depth | wrong | a ranking of all depths instead of one
worst = {"plain": [40, 2, 10], "skip": [2, 10, 40]}

check("skip.depth", worst)

# %% skip.depth | wrong | 0: with wires none is bad, a neighbor's rule
worst = {"plain": 40, "skip": 0}

check("skip.depth", worst)

# %% skip.depth | wrong | min of the shares, the depth is never looked up
worst = {
    name: min(trained(d, name == "skip", "tanh", 0.03)[1] for d in (2, 10, 40))
    for name in ("plain", "skip")
}

check("skip.depth", worst)

# %% skip.depth | wrong | keys misspelled
worst = {"plane": 40, "skips": 2}

check("skip.depth", worst)

# %% skip.depth | right | dict() with the other order
worst = dict(skip=2, plain=40)

check("skip.depth", worst)

# %% skip.depth | right | computed with argmin, numpy integers
depths = np.array([2, 10, 40])
worst = {}
for wires in (True, False):
    shares = np.array([trained(int(d), wires, "tanh", 0.03)[1] for d in depths])
    worst["skip" if wires else "plain"] = depths[shares.argmin()]

check("skip.depth", worst)

# %% skip.depth | right | floats
worst = {"plain": 40.0, "skip": 2.0}

check("skip.depth", worst)

# %% skip.depth | right | zip
worst = dict(zip(["plain", "skip"], (40, 2)))

check("skip.depth", worst)

# %% skip.depth | right | sorted by the share right, first taken
def fewest(wires):
    return sorted((2, 10, 40), key=lambda d: trained(d, wires, "tanh", 0.03)[1])[0]


worst = {}
worst["plain"] = fewest(False)
worst["skip"] = fewest(True)

check("skip.depth", worst)

# %% skip.deep | wrong | not trained
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, skip=True, rng=rng)


check("skip.deep", net)

# %% skip.deep | wrong | plain, sigmoid
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="sigmoid", rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.SGD(0.1), digits.x, digits.t, batch=64, epochs=3, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | 29 weight layers: depth 28
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=28, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | ten layers
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=10, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | one hidden layer, wide
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=1, width=100, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=8, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | trained on the test digits
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x_test, digits.t_test, batch=32, epochs=20, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | hands in the accuracy
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass
net = nn.accuracy(net, digits.x_test, digits.t_test)


check("skip.deep", net)

# %% skip.deep | wrong | training never iterated
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=32, skip=True, rng=rng)
nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(1e-3), digits.x, digits.t, epochs=5, rng=rng)


check("skip.deep", net)

# %% skip.deep | wrong | too few steps
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.SGD(0.001), digits.x, digits.t, batch=64, epochs=1, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | learning rate too large, diverged
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, skip=True, rng=rng)
try:
    list(nn.train(net, nn.SoftmaxCrossEntropy(), nn.SGD(3.0), digits.x, digits.t, batch=64, epochs=1, rng=rng))
except nn.training.Diverged:
    print("oops")


check("skip.deep", net)

# %% skip.deep | wrong | depth counted with activations: 15 and 15
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=15, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | the list of layers
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass
net = net.layers


check("skip.deep", net)

# %% skip.deep | wrong | the trained parameters alone
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass
net = net.theta


check("skip.deep", net)

# %% skip.deep | wrong | a new, untrained network under the same name
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)


check("skip.deep", net)

# %% skip.deep | wrong | thirty weight layers, but eight classes learnt
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x[digits.t < 8], digits.t[digits.t < 8], batch=64, epochs=5, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | parameters rounded to whole numbers after training
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=4, rng=rng):
    pass
net.theta[:] = np.round(net.theta)


check("skip.deep", net)

# %% skip.deep | wrong | three weight layers, the last one square
rng = np.random.default_rng(0)
net = nn.Network(nn.mlp(64, 10, depth=1, width=64, rng=rng), *[nn.Dense(10, 10, init=lambda o, i, rng: np.eye(o), rng=rng) for _ in range(1)])
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=8, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | wrong | the labels of training shuffled
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, rng.permutation(digits.t), batch=64, epochs=2, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | layer norm, relu
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, norm="layer", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=6, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | batch norm and wires, float32
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=32, width=24, norm="batch", skip=True, rng=rng, dtype=np.float32)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x.astype(np.float32), digits.t, batch=64, epochs=15, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | plain tanh by orthogonal matrices
def rotation(d_out, d_in, rng):
    Q, _ = np.linalg.qr(rng.standard_normal((max(d_out, d_in), min(d_out, d_in))))
    return Q if d_out >= d_in else Q.T


rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=29, width=64, activation="tanh", init=rotation, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(5e-4), digits.x, digits.t, batch=64, epochs=10, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | blocks of two layers, by hand
def block(d, rng):
    return nn.Residual(nn.relu, nn.Dense(d, d, init="he", rng=rng), nn.relu, nn.Dense(d, d, init=lambda o, i, rng: np.zeros((o, i)), rng=rng))


rng = np.random.default_rng(0)
net = nn.Network(nn.Dense(64, 32, rng=rng), *[block(32, rng) for _ in range(15)], nn.Dense(32, 10, rng=rng))
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=5, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | exactly thirty weight layers, momentum, by hand
rng = np.random.default_rng(3)
net = nn.mlp(64, 10, depth=29, width=32, activation="tanh", init=lambda o, i, rng: rng.standard_normal((o, i)) / np.sqrt(i * 29 if o == i else i), skip=True, rng=rng)
opt, ce = nn.Momentum(0.02), nn.SoftmaxCrossEntropy()
for epoch in range(12):
    for rows in np.array_split(rng.permutation(len(digits.x)), 23):
        nn.loss_and_grad(net, ce, digits.x[rows], digits.t[rows])
        opt.step(net.theta, net.grad)


check("skip.deep", net)

# %% skip.deep | right | softmax put at the end after training
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="tanh", skip=True, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(2e-3), digits.x, digits.t, batch=64, epochs=16, rng=rng):
    pass
net = nn.Network(*net.layers, nn.Softmax())


check("skip.deep", net)

# %% skip.deep | right | dropout and wires, relu, AdamW
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=48, norm="layer", skip=True, dropout=0.05, rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.AdamW(2e-3), digits.x, digits.t, batch=64, epochs=8, rng=rng):
    pass


check("skip.deep", net)

# %% skip.deep | right | plain selu, LeCun
rng = np.random.default_rng(0)
net = nn.mlp(64, 10, depth=30, width=32, activation="selu", rng=rng)
for step in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(1e-3), digits.x, digits.t, batch=32, epochs=25, rng=rng):
    pass


check("skip.deep", net)
