"""The floor: the matrix products that a step cannot do without, and nothing else.

numpy's products into arrays made beforehand, so what is left is BLAS and one numpy call a product. It is
the step of a net without biases, activations, loss and update, so there is no result to compare.
"""

import numpy as np

from problems import DIGITS_BATCH, DIGITS_EPOCHS


def products(Ws, n):
    """Forward, dW of every layer and dx of every layer but the first, for a batch of n."""
    dtype = Ws[0].dtype
    z = [np.ones((n, W.shape[1]), dtype) for W in Ws] + [np.ones((n, len(Ws[-1])), dtype)]
    delta = [np.ones_like(a) for a in z]
    dWs = [np.empty_like(W) for W in Ws]

    def step():
        for i, W in enumerate(Ws):
            np.dot(z[i], W.T, out=z[i + 1])
        for i in range(len(Ws) - 1, -1, -1):
            np.dot(delta[i + 1].T, z[i], out=dWs[i])
            if i > 0:
                np.dot(delta[i + 1], Ws[i], out=delta[i])

    return step


def train_step(p):
    return {"": (products(p.arrays[::2], len(p.x)), None)}


gradient_norms = train_step


def digits_run(p):
    whole = products(p.arrays[::2], DIGITS_BATCH)
    rest = products(p.arrays[::2], len(p.x) % DIGITS_BATCH)

    def run():
        for _ in range(DIGITS_EPOCHS):
            for _ in range(len(p.x) // DIGITS_BATCH):
                whole()
            rest()

    return {"": (run, None)}


def lstm_step(p):
    W, U, _, V, _ = p.arrays
    n, T, d_in = p.x.shape
    d = U.shape[1]
    x = np.ascontiguousarray(p.x.swapaxes(0, 1)).reshape(T * n, d_in)
    u, du = (np.ones((T, n, 4 * d), p.dtype) for _ in range(2))
    h, dh = (np.ones((T, n, d), p.dtype) for _ in range(2))
    y = np.ones((n, 1), p.dtype)
    dW, dU, dV = np.empty_like(W), np.empty_like(U), np.empty_like(V)

    def step():
        np.dot(x, W.T, out=u.reshape(T * n, 4 * d))
        for s in range(T):
            np.dot(h[s], U.T, out=u[s])
        np.dot(h[-1], V.T, out=y)
        np.dot(y.T, h[-1], out=dV)
        np.dot(y, V, out=dh[-1])
        for s in range(T - 1, -1, -1):
            np.dot(du[s], U, out=dh[s])
        flat = du.reshape(T * n, 4 * d)
        np.dot(flat.T, x, out=dW)
        np.dot(flat.T, h.reshape(T * n, d), out=dU)

    return {"": (step, None)}
