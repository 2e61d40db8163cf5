"""Plain numpy, as a textbook writes it: formula by formula, no buffers, no checks, one update an array."""

import numpy as np

from problems import DIGITS_BATCH, DIGITS_EPOCHS


def relu(u):
    return np.maximum(u, 0)


def relu_slope(u):
    return (u > 0).astype(u.dtype)


def tanh_slope(u):
    return 1 - np.tanh(u) ** 2


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


ACTIVATIONS = {"relu": (relu, relu_slope), "tanh": (np.tanh, tanh_slope)}


def softmax_cross_entropy(y, t):
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    value = -np.log(p[rows, t]).mean()
    p[rows, t] -= 1
    return value, p / len(y)


def binary_cross_entropy(y, t):
    p = sigmoid(y)
    value = -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean()
    return value, (p - t) / len(y)


def backpropagation(Ws, bs, x, t, activation, loss):
    """The loss, the gradients of all W and b, and delta = dL/du of each layer."""
    f, slope = ACTIVATIONS[activation]
    us, zs = [], [x]
    for W, b in zip(Ws, bs):
        us.append(zs[-1] @ W.T + b)
        zs.append(f(us[-1]))
    value, delta = loss(us[-1], t)
    dWs, dbs, deltas = [], [], []
    for i in reversed(range(len(Ws))):
        deltas.insert(0, delta)
        dWs.insert(0, delta.T @ zs[i])
        dbs.insert(0, delta.sum(axis=0))
        if i > 0:
            delta = (delta @ Ws[i]) * slope(us[i - 1])
    return value, dWs, dbs, deltas


def copies(p):
    return [W.copy() for W in p.arrays[::2]], [b.copy() for b in p.arrays[1::2]]


def train_step(p):
    Ws, bs = copies(p)
    loss = binary_cross_entropy if p.activation == "tanh" else softmax_cross_entropy

    def step():
        value, dWs, dbs, _ = backpropagation(Ws, bs, p.x, p.t, p.activation, loss)
        for W, dW, b, db in zip(Ws, dWs, bs, dbs):
            W -= p.lr * dW
            b -= p.lr * db
        return value

    return {"": (step, lambda: [a for pair in zip(Ws, bs) for a in pair])}


def digits_run(p):
    def run():
        Ws, bs = copies(p)
        params = Ws + bs
        vs = [np.zeros_like(a) for a in params]
        rng, n, losses = np.random.default_rng(0), len(p.x), []
        for _ in range(DIGITS_EPOCHS):
            order = rng.permutation(n)
            for i in range(0, n, DIGITS_BATCH):
                rows = order[i : i + DIGITS_BATCH]
                value, dWs, dbs, _ = backpropagation(
                    Ws, bs, p.x[rows], p.t[rows], "relu", softmax_cross_entropy
                )
                losses.append(value)
                for a, da, v in zip(params, dWs + dbs, vs):
                    v *= 0.9
                    v -= p.lr * da
                    a += v
        z = p.x_test
        for W, b in zip(Ws[:-1], bs[:-1]):
            z = relu(z @ W.T + b)
        guess = (z @ Ws[-1].T + bs[-1]).argmax(axis=1)
        return losses[0], losses[1], (guess == p.t_test).mean()

    return {"": (run, None)}


def lstm_step(p):
    W, U, b, V, c = (a.copy() for a in p.arrays)
    n, T, _ = p.x.shape
    d = U.shape[1]

    def step():
        h, cell = np.zeros((n, d), p.dtype), np.zeros((n, d), p.dtype)
        saved = []
        for s in range(T):
            x, h_old, cell_old = p.x[:, s], h, cell
            u = x @ W.T + h @ U.T + b
            i, f, o = sigmoid(u[:, :d]), sigmoid(u[:, d : 2 * d]), sigmoid(u[:, 2 * d : 3 * d])
            g = np.tanh(u[:, 3 * d :])
            cell = f * cell_old + i * g
            h = o * np.tanh(cell)
            saved.append((x, h_old, cell_old, i, f, o, g, cell))
        difference = h @ V.T + c - p.t
        value = 0.5 * (difference**2).sum() / n
        dy = difference / n
        dV, dc = dy.T @ h, dy.sum(axis=0)
        dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
        dh, dcell = dy @ V, np.zeros_like(cell)
        for x, h_old, cell_old, i, f, o, g, cell in reversed(saved):
            z = np.tanh(cell)
            dcell = dcell + dh * o * (1 - z**2)
            di, df, do, dg = dcell * g, dcell * cell_old, dh * z, dcell * i
            du = np.concatenate(
                [di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)], axis=1
            )
            dW += du.T @ x
            dU += du.T @ h_old
            db += du.sum(axis=0)
            dh, dcell = du @ U, dcell * f
        for a, da in zip((W, U, b, V, c), (dW, dU, db, dV, dc)):
            a -= p.lr * da
        return value

    return {"": (step, None)}


def gradient_norms(p):
    Ws, bs = copies(p)

    def measure():
        deltas = backpropagation(Ws, bs, p.x, p.t, p.activation, softmax_cross_entropy)[3]
        return [np.linalg.norm(delta) for delta in deltas]

    return {"": (measure, None)}
