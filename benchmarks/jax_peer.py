"""JAX: the whole step compiled by jit; the fastest of the variants is the one compared."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from problems import DIGITS_BATCH, DIGITS_EPOCHS

ACTIVATIONS = {"relu": jax.nn.relu, "tanh": jnp.tanh}


def softmax_cross_entropy(y, t):
    return -jnp.take_along_axis(jax.nn.log_softmax(y), t[:, None], axis=1).mean()


def binary_cross_entropy(y, t):
    return (jnp.logaddexp(0, y) - t * y).mean()


def mlp(params, x, activation):
    f = ACTIVATIONS[activation]
    for W, b in zip(params[:-2:2], params[1:-2:2]):
        x = f(x @ W.T + b)
    return x @ params[-2].T + params[-1]


def sgd_variants(p, loss_of):
    """Steps that keep the parameters as a list of arrays, or as one vector, donated or not."""
    x, t = jnp.asarray(p.x), jnp.asarray(p.t)
    arrays = [jnp.asarray(a) for a in p.arrays]
    theta, as_list = ravel_pytree(arrays)

    def update(params, x, t):
        value, grads = jax.value_and_grad(loss_of)(params, x, t)
        return value, jax.tree.map(lambda a, da: a - p.lr * da, params, grads)

    def update_flat(theta, x, t):
        value, grad = jax.value_and_grad(lambda v: loss_of(as_list(v), x, t))(theta)
        return value, theta - p.lr * grad

    def variant(update, params, donate):
        compiled = jax.jit(update, donate_argnums=0 if donate else ())
        state = [jax.tree.map(jnp.copy, params)]

        def step():
            value, state[0] = compiled(state[0], x, t)
            jax.block_until_ready(state[0])
            return float(value)

        return step, lambda: [np.asarray(a) for a in jax.tree.leaves(state[0])]

    return {
        "arrays": variant(update, arrays, False),
        "arrays, donated": variant(update, arrays, True),
        "one vector, donated": variant(update_flat, theta, True),
    }


def train_step(p):
    loss = binary_cross_entropy if p.activation == "tanh" else softmax_cross_entropy
    return sgd_variants(p, lambda params, x, t: loss(mlp(params, x, p.activation), t))


def digits_run(p):
    def loss_of(params, x, t):
        return softmax_cross_entropy(mlp(params, x, p.activation), t)

    def update(params, vs, x, t):
        value, grads = jax.value_and_grad(loss_of)(params, x, t)
        vs = jax.tree.map(lambda v, g: 0.9 * v - p.lr * g, vs, grads)
        return value, jax.tree.map(jnp.add, params, vs), vs

    compiled = jax.jit(update, donate_argnums=(0, 1))

    def run():
        params = [jnp.asarray(a) for a in p.arrays]
        vs = jax.tree.map(jnp.zeros_like, params)
        rng, n, losses = np.random.default_rng(0), len(p.x), []
        for _ in range(DIGITS_EPOCHS):
            order = rng.permutation(n)
            xs, ts = p.x[order], p.t[order]
            for i in range(0, n, DIGITS_BATCH):
                rows = slice(i, i + DIGITS_BATCH)
                value, params, vs = compiled(params, vs, xs[rows], ts[rows])
                losses.append(float(value))
        guess = np.asarray(mlp(params, p.x_test, p.activation)).argmax(axis=1)
        return losses[0], losses[1], (guess == p.t_test).mean()

    return {"arrays, donated, a step a call": (run, None)}


def lstm_step(p):
    d = p.arrays[1].shape[1]

    def loss_of(params, x, t):
        W, U, b, V, c = params

        def cell(state, a):
            h, cell = state
            u = a + h @ U.T
            i, f, o = (jax.nn.sigmoid(u[:, k * d : (k + 1) * d]) for k in range(3))
            cell = f * cell + i * jnp.tanh(u[:, 3 * d :])
            return (o * jnp.tanh(cell), cell), None

        zero = jnp.zeros((len(x), d), x.dtype)
        (h, _), _ = jax.lax.scan(cell, (zero, zero), jnp.swapaxes(x, 0, 1) @ W.T + b)
        difference = h @ V.T + c - t
        return 0.5 * (difference**2).sum() / len(x)

    return sgd_variants(p, loss_of)


def gradient_norms(p):
    x, t = jnp.asarray(p.x), jnp.asarray(p.t)
    params = [jnp.asarray(a) for a in p.arrays]
    f = ACTIVATIONS[p.activation]
    zeros = [jnp.zeros((len(p.x), width), p.dtype) for width in p.widths[1:]]

    def loss_of(params, zeros):  # dL/du is the gradient of a zero added to u
        z = x
        for W, b, zero in zip(params[::2], params[1::2], zeros):
            u = z @ W.T + b + zero
            z = f(u)
        return softmax_cross_entropy(u, t)

    @jax.jit
    def measure(params, zeros):
        grads, deltas = jax.grad(loss_of, argnums=(0, 1))(params, zeros)
        return grads, jnp.stack([jnp.linalg.norm(delta) for delta in deltas])

    return {
        "arrays": ((lambda: np.asarray(jax.block_until_ready(measure(params, zeros))[1])), None)
    }
