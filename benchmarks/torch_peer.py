"""PyTorch eager, on the CPU, in the variants people write; the fastest one is the one compared."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from problems import DIGITS_BATCH, DIGITS_EPOCHS

torch.set_num_threads(1)

MODULES = {"relu": nn.ReLU, "tanh": nn.Tanh}
IN_PLACE = {"relu": torch.relu_, "tanh": torch.tanh_}


def sequential(p):
    layers = []
    for a, b in zip(p.widths, p.widths[1:]):
        layers += [nn.Linear(a, b), MODULES[p.activation]()]
    model = nn.Sequential(*layers[:-1]).to(torch.from_numpy(p.x).dtype)
    load(model, p.arrays)
    return model


def load(model, arrays):
    with torch.no_grad():
        for parameter, a in zip(model.parameters(), arrays):
            parameter.copy_(torch.from_numpy(a))


def tensors(p):
    return [torch.tensor(a, requires_grad=True) for a in p.arrays]


def functional(params, activation):
    """The same net as plain function calls, activations in place."""
    f, pairs = IN_PLACE[activation], list(zip(params[::2], params[1::2]))

    def forward(x):
        for W, b in pairs[:-1]:
            x = f(F.linear(x, W, b))
        return F.linear(x, *pairs[-1])

    return forward


def optimizer_step(forward, params, loss_of, opt):
    """step(x, t) with torch.optim."""

    def step(x, t):
        opt.zero_grad()
        loss = loss_of(forward(x), t)
        loss.backward()
        opt.step()
        return loss.item()

    return step, lambda: [a.detach().numpy() for a in params]


def manual_step(forward, params, loss_of, lr):
    """step(x, t) with the gradients asked for and subtracted in place, all arrays in one call."""

    def step(x, t):
        loss = loss_of(forward(x), t)
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            torch._foreach_add_(params, grads, alpha=-lr)
        return loss.item()

    return step, lambda: [a.detach().numpy() for a in params]


def variants(p, loss_of):
    """name -> (step(x, t), the parameters)."""
    found = {}
    for kind in ("foreach", "fused"):
        model = sequential(p)
        params = list(model.parameters())
        opt = torch.optim.SGD(params, p.lr, **{kind: True})
        found[f"nn.Sequential, SGD({kind}=True)"] = optimizer_step(model, params, loss_of, opt)
    params = tensors(p)
    forward = functional(params, p.activation)
    found["functional, in-place update"] = manual_step(forward, params, loss_of, p.lr)
    return found


def on(step, x, t):
    return lambda: step(x, t)


def train_step(p):
    binary = p.activation == "tanh"
    loss_of = F.binary_cross_entropy_with_logits if binary else F.cross_entropy
    x, t = torch.from_numpy(p.x), torch.from_numpy(p.t)
    return {name: (on(step, x, t), params) for name, (step, params) in variants(p, loss_of).items()}


def digits_run(p):
    x, t = torch.from_numpy(p.x), torch.from_numpy(p.t)
    x_test, t_test = torch.from_numpy(p.x_test), torch.from_numpy(p.t_test)

    def run(kind):
        model, rng, losses = sequential(p), np.random.default_rng(0), []
        params = list(model.parameters())
        forward = functional(params, p.activation)
        opt = torch.optim.SGD(params, p.lr, momentum=0.9, **{kind: True})
        step, _ = optimizer_step(forward, params, F.cross_entropy, opt)
        for _ in range(DIGITS_EPOCHS):
            order = torch.from_numpy(rng.permutation(len(x)))
            xs, ts = x[order], t[order]
            for i in range(0, len(x), DIGITS_BATCH):
                losses.append(step(xs[i : i + DIGITS_BATCH], ts[i : i + DIGITS_BATCH]))
        with torch.no_grad():
            right = (model(x_test).argmax(dim=1) == t_test).double().mean().item()
        return losses[0], losses[1], right

    return {
        f"functional, SGD({kind}=True)": ((lambda kind=kind: run(kind)), None)
        for kind in ("foreach", "fused")
    }


class LSTM(nn.Module):
    """nn.LSTM and its head. Its gates are i, f, g, o; its second bias stays zero and is not trained."""

    def __init__(self, p):
        super().__init__()
        self.lstm, self.head = nn.LSTM(2, 32, batch_first=True), nn.Linear(32, 1)
        self.to(torch.from_numpy(p.x).dtype)
        W, U, b, V, c = p.arrays
        W, U, b = (np.concatenate([*np.split(a, 4)[:2], *np.split(a, 4)[:1:-1]]) for a in (W, U, b))
        load(self, [W, U, b, np.zeros_like(b), V, c])
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def half_squared_error(y, t):
    return 0.5 * F.mse_loss(y, t)  # one output, so mse_loss divides by n alone


def lstm_step(p):
    x, t = torch.from_numpy(p.x), torch.from_numpy(p.t)
    found = {}
    for kind in ("foreach", "fused"):
        model = LSTM(p)
        params = [a for a in model.parameters() if a.requires_grad]
        opt = torch.optim.SGD(params, p.lr, **{kind: True})
        step, _ = optimizer_step(model, params, half_squared_error, opt)
        found[f"nn.LSTM, SGD({kind}=True)"] = (on(step, x, t), None)
    model = LSTM(p)
    params = [a for a in model.parameters() if a.requires_grad]
    step, _ = manual_step(model, params, half_squared_error, p.lr)
    found["nn.LSTM, in-place update"] = (on(step, x, t), None)
    return found


def gradient_norms(p):
    x, t = torch.from_numpy(p.x), torch.from_numpy(p.t)
    model, params = sequential(p), tensors(p)

    def retain():
        z, us = x, []
        for W, b in zip(params[::2], params[1::2]):
            us.append(F.linear(z, W, b))
            us[-1].retain_grad()
            z = torch.relu(us[-1])
        for a in params:
            a.grad = None
        F.cross_entropy(us[-1], t).backward()
        return torch.stack(torch._foreach_norm([u.grad for u in us])).tolist()

    def ask():
        z, us = x, []
        for W, b in zip(params[::2], params[1::2]):
            us.append(F.linear(z, W, b))
            z = torch.relu(us[-1])
        grads = torch.autograd.grad(F.cross_entropy(us[-1], t), us + params)
        return torch.stack(torch._foreach_norm(grads[: len(us)])).tolist()

    seen = []

    def hooks():
        seen.clear()
        model.zero_grad()
        F.cross_entropy(model(x), t).backward()
        return torch.stack(torch._foreach_norm(seen[::-1])).tolist()

    def watch(layer, inputs, u):
        u.register_hook(seen.append)

    for layer in model:
        if isinstance(layer, nn.Linear):
            layer.register_forward_hook(watch)
    return {
        "retain_grad": (retain, None),
        "autograd.grad": (ask, None),
        "tensor hooks": (hooks, None),
    }
