# %% recurrent.step | wrong | W and U not transposed
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W + h @ U + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | only U is not transposed
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W.T + h @ U + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | b outside of tanh
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W.T + h @ U.T) + b


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | bias left out, intermediate name
def rnn_step(x, h, W, U, b):
    u = np.dot(x, W.T) + np.dot(h, U.T)
    return np.tanh(u)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | as in the formula, W @ x for a batch
def rnn_step(x, h, W, U, b):
    return np.tanh(W @ x + U @ h + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | right product, but the result is transposed
def rnn_step(x, h, W, U, b):
    return np.tanh(W @ x.T + U @ h.T + b[:, None])


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | no tanh
def rnn_step(x, h, W, U, b):
    return x @ W.T + h @ U.T + b


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | sigmoid for tanh
def rnn_step(x, h, W, U, b):
    s = x @ W.T + h @ U.T + b
    return 1 / (1 + np.exp(-s))


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | sum of two tanhs
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W.T) + np.tanh(h @ U.T + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | adds the old state, like a skip
def rnn_step(x, h, W, U, b):
    return h + np.tanh(x @ W.T + h @ U.T + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | math.tanh of an array
import math
def rnn_step(x, h, W, U, b):
    return math.tanh(x @ W.T + h @ U.T + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | state runs on from row to row
def rnn_step(x, h, W, U, b):
    out = []
    state = h[0]
    for row in x:
        state = np.tanh(W @ row + U @ state + b)
        out.append(state)
    return np.array(out)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | returns after the first row
def rnn_step(x, h, W, U, b):
    new = np.zeros_like(h)
    for i in range(len(x)):
        new[i] = np.tanh(W @ x[i] + U @ h[i] + b)
        return new


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | the product of both shares
def rnn_step(x, h, W, U, b):
    return np.tanh((x @ W.T) * (h @ U.T) + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | overwrites h, in place
def rnn_step(x, h, W, U, b):
    h[:] = np.tanh(x @ W.T + h @ U.T + b)
    return h


check("recurrent.step", rnn_step)

# %% recurrent.step | right | loop over rows
def rnn_step(x, h, W, U, b):
    return np.array([np.tanh(W @ xi + U @ hi + b) for xi, hi in zip(x, h)])


check("recurrent.step", rnn_step)

# %% recurrent.step | right | one product of stacked matrices
def rnn_step(x, h, W, U, b):
    return np.tanh(np.hstack([x, h]) @ np.hstack([W, U]).T + b)


check("recurrent.step", rnn_step)

# %% recurrent.step | right | einsum, tanh by the sigmoid
def rnn_step(x, h, W, U, b):
    u = np.einsum("ni,ji->nj", x, W) + np.einsum("ni,ji->nj", h, U) + b
    return 2 * sigmoid(2 * u) - 1


check("recurrent.step", rnn_step)

# %% recurrent.step | right | pure Python numbers
import math
def rnn_step(x, h, W, U, b):
    n, d = h.shape
    out = np.zeros((n, d))
    for i in range(n):
        for j in range(d):
            s = b[j]
            for k in range(W.shape[1]):
                s += W[j, k] * x[i, k]
            for k in range(d):
                s += U[j, k] * h[i, k]
            out[i, j] = math.tanh(s)
    return out


check("recurrent.step", rnn_step)

# %% recurrent.step | right | the library's cell
def rnn_step(x, h, W, U, b):
    cell = nn.RNNCell(W.shape[1], W.shape[0], rng=np.random.default_rng(0))
    cell.U = U
    (new,), _ = cell.step(x @ W.T + b, (h,))
    return new


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | bias as a column
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W.T + h @ U.T + b.reshape(-1, 1))


check("recurrent.step", rnn_step)

# %% recurrent.step | wrong | U is applied elementwise by its diagonal
def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W.T + h * np.diag(U) + b)


check("recurrent.step", rnn_step)

# %% recurrent.step_back | wrong | U transposed
def step_back(dh, h, U):
    du = dh * (1 - h**2)
    return du, du @ U.T


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | slope of tanh taken at h, tanh once more
def step_back(dh, h, U):
    du = dh * (1 - np.tanh(h) ** 2)
    return du, du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | no square
def step_back(dh, h, U):
    du = dh * (1 - h)
    return du, du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | slope of the sigmoid
def step_back(dh, h, U):
    delta = dh * h * (1 - h)
    dh_old = delta @ U
    return delta, dh_old


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | dh in place of du goes through U
def step_back(dh, h, U):
    du = (1 - h * h) * dh
    dh_old = dh @ U
    return du, dh_old


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | the two exchanged
def step_back(dh, h, U):
    du = dh * (1 - h**2)
    dh_old = du @ U
    return dh_old, du


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | slope on the wrong side of U
def step_back(dh, h, U):
    return dh * (1 - h**2), (dh @ U) * (1 - h**2)


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | the sign of the slope
def step_back(dh, h, U):
    du = dh * (h**2 - 1)
    return du, du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | only dh_old
def step_back(dh, h, U):
    du = dh * (1 - h**2)
    return du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | gradient at U instead of at the state
def step_back(dh, h, U):
    du = dh * (1 - h**2)
    dU = du.T @ h
    return du, dU


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | divides by the slope
def step_back(dh, h, U):
    du = dh / (1 - h**2)
    return du, du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | caret for the square
def step_back(dh, h, U):
    du = dh * (1 - h^2)
    return du, du @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | du from one row for all
def step_back(dh, h, U):
    for g, s in zip(dh, h):
        du = g * (1 - s**2)
        old = du @ U
    return du, old


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | modifies dh in place
def step_back(dh, h, U):
    dh *= 1 - h**2
    return dh, dh @ U


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | adds dh to the old state's gradient
def step_back(dh, h, U):
    du = dh * (1 - h**2)
    return du, du @ U + dh


check("recurrent.step_back", step_back)

# %% recurrent.step_back | wrong | mean over the batch of du
def step_back(dh, h, U):
    n = len(dh)
    du = dh * (1 - h**2) / n
    return du, np.einsum("nj,ji->ni", du, U)


check("recurrent.step_back", step_back)

# %% recurrent.step_back | right | loop over rows, U.T @ vector
def step_back(dh, h, U):
    du, old = np.zeros_like(dh), np.zeros_like(dh)
    for i in range(len(dh)):
        du[i] = dh[i] * (1 + h[i]) * (1 - h[i])
        old[i] = U.T @ du[i]
    return du, old


check("recurrent.step_back", step_back)

# %% recurrent.step_back | right | einsum with the Jacobian of tanh
def step_back(dh, h, U):
    J = np.stack([np.diag(1 - row**2) for row in h])
    du = np.einsum("ni,nij->nj", dh, J)
    return du, np.einsum("nj,jk->nk", du, U)


check("recurrent.step_back", step_back)

# %% recurrent.step_back | right | slope as 1 / cosh^2 of the sum
def step_back(dh, h, U):
    u = np.arctanh(h)
    du = dh / np.cosh(u) ** 2
    return du, (U.T @ du.T).T


check("recurrent.step_back", step_back)

# %% recurrent.step_back | right | a namedtuple
from collections import namedtuple
Back = namedtuple("Back", "du dh_old")
def step_back(dh, h, U):
    du = dh * (1 - np.square(h))
    return Back(du=du, dh_old=np.dot(du, U))


check("recurrent.step_back", step_back)

# %% recurrent.through_time | wrong | slope of h_{t-1} for that of h_t
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 2, -1, -1):
        out[t] = (out[t + 1] * (1 - hs[t] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | U transposed
def through_time(dh, hs, U):
    dhs = [dh]
    for h in hs[:0:-1]:
        dhs.insert(0, dhs[0] * (1 - h**2) @ U.T)
    return np.array(dhs)


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | backward order
def through_time(dh, hs, U):
    dhs = [dh]
    for h in hs[:0:-1]:
        dhs.append((dhs[-1] * (1 - h**2)) @ U)
    return np.array(dhs)


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | one step too many: first state's gradient left out
def through_time(dh, hs, U):
    out = []
    for h in reversed(hs):
        dh = (dh * (1 - h**2)) @ U
        out.append(dh)
    return np.array(out[::-1])


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | T + 1 entries
def through_time(dh, hs, U):
    out = [dh]
    for h in hs[::-1]:
        out.append((out[-1] * (1 - h**2)) @ U)
    return np.array(out[::-1])


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | returns du instead
def through_time(dh, hs, U):
    T = len(hs)
    dus = np.empty_like(hs)
    for t in range(T - 1, -1, -1):
        dus[t] = dh * (1 - hs[t] ** 2)
        dh = dus[t] @ U
    return dus


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | no slope of tanh
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 1, 0, -1):
        out[t - 1] = out[t] @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | a loss at every step
def through_time(dh, hs, U):
    out = np.zeros(hs.shape)
    out[-1] = dh
    for t in reversed(range(len(hs) - 1)):
        out[t] = dh + (out[t + 1] * (1 - hs[t + 1] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | loop stops before the first step
def through_time(dh, hs, U):
    T = hs.shape[0]
    out = np.zeros_like(hs)
    out[T - 1] = dh
    for t in range(T - 1, 1, -1):
        out[t - 1] = (out[t] * (1 - hs[t] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | forwards in time
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    out[0] = dh
    for t in range(1, len(hs)):
        out[t] = (out[t - 1] * (1 - hs[t - 1] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | always starts from dh again
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 2, -1, -1):
        out[t] = (dh * (1 - hs[t + 1] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | return inside the loop
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 1, 0, -1):
        out[t - 1] = (out[t] * (1 - hs[t] ** 2)) @ U
        return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | slopes all of the last state
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    slope = 1 - hs[-1] ** 2
    out[-1] = dh
    for t in range(len(hs) - 1, 0, -1):
        out[t - 1] = (out[t] * slope) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | endless while
def through_time(dh, hs, U):
    out = np.zeros_like(hs)
    t = len(hs) - 1
    out[t] = dh
    while t > 0:
        out[t - 1] = (out[t] * (1 - hs[t] ** 2)) @ U
    return out


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | writes over hs
def through_time(dh, hs, U):
    for t in range(len(hs) - 1, -1, -1):
        new = (dh * (1 - hs[t] ** 2)) @ U
        hs[t] = dh
        dh = new
    return hs


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | only the first state's gradient
def through_time(dh, hs, U):
    for h in hs[:0:-1]:
        dh = (dh * (1 - h**2)) @ U
    return dh


check("recurrent.through_time", through_time)

# %% recurrent.through_time | wrong | works for T = 3 only
def through_time(dh, hs, U):
    d2 = (dh * (1 - hs[2] ** 2)) @ U
    d1 = (d2 * (1 - hs[1] ** 2)) @ U
    return np.array([d1, d2, dh])


check("recurrent.through_time", through_time)

# %% recurrent.through_time | right | recursion
def through_time(dh, hs, U):
    if len(hs) == 1:
        return dh[None].copy()
    before = (dh * (1 - hs[-1] ** 2)) @ U
    return np.concatenate([through_time(before, hs[:-1], U), dh[None]])


check("recurrent.through_time", through_time)

# %% recurrent.through_time | right | deque and einsum
from collections import deque
def through_time(dh, hs, U):
    all_of_them = deque([dh])
    for t in range(len(hs) - 1, 0, -1):
        all_of_them.appendleft(np.einsum("nj,nj,jk->nk", all_of_them[0], 1 - hs[t] ** 2, U))
    return np.stack(all_of_them)


check("recurrent.through_time", through_time)

# %% recurrent.through_time | right | itertools.accumulate
from itertools import accumulate
def through_time(dh, hs, U):
    back = accumulate(hs[:0:-1], lambda d, h: (d * (1 - h**2)) @ U, initial=dh)
    return np.array(list(back))[::-1]


check("recurrent.through_time", through_time)

# %% recurrent.through_time | right | Jacobians multiplied up, slow
def through_time(dh, hs, U):
    T, n, d = hs.shape
    out = np.zeros((T, n, d))
    for i in range(n):
        for t in range(T):
            J = np.eye(d)
            for s in range(T - 1, t, -1):
                J = J @ (np.diag(1 - hs[s, i] ** 2) @ U)
            out[t, i] = dh[i] @ J
    return out


check("recurrent.through_time", through_time)

# %% recurrent.lstm | wrong | order i, f, g, o
def lstm_step(u, c):
    i, f, g, o = np.split(u, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | h from the old c
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | no tanh of the cell
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * c_new, c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | c first, then h
def lstm_step(u, c):
    d = c.shape[1]
    i, f, o = (sigmoid(u[:, k * d : (k + 1) * d]) for k in range(3))
    g = np.tanh(u[:, 3 * d :])
    c2 = f * c + i * g
    return c2, o * np.tanh(c2)


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | forget and input gate exchanged
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c2 = i * c + f * g
    return o * np.tanh(c2), c2


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | g with the sigmoid, too
def lstm_step(u, c):
    i, f, o, g = np.split(sigmoid(u), 4, axis=1)
    c2 = f * c + i * g
    return o * np.tanh(c2), c2


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | split along the rows
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=0)
    c2 = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c2), c2


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | every fourth column, interleaved
def lstm_step(u, c):
    i, f, o = sigmoid(u[:, 0::4]), sigmoid(u[:, 1::4]), sigmoid(u[:, 2::4])
    g = np.tanh(u[:, 3::4])
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | 1 - f for the input gate, as in a GRU
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    f, o, g = sigmoid(f), sigmoid(o), np.tanh(g)
    c_new = f * c + (1 - f) * g
    return o * np.tanh(c_new), c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | no input gate
def lstm_step(u, c):
    d = u.shape[1] // 4
    f, o, g = sigmoid(u[:, d:2*d]), sigmoid(u[:, 2*d:3*d]), np.tanh(u[:, 3*d:])
    c_new = f * c + g
    return o * np.tanh(c_new), c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | c changed in place
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    c *= sigmoid(f)
    c += sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | gates without activation
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    c_new = f * c + i * np.tanh(g)
    return o * np.tanh(c_new), c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | d by true division
def lstm_step(u, c):
    d = u.shape[1] / 4
    i, f, o, g = u[:, :d], u[:, d:2*d], u[:, 2*d:3*d], u[:, 3*d:]
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | only h
def lstm_step(u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | unpacks rows of u as gates
def lstm_step(u, c):
    i, f, o, g = u
    c2 = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c2), c2


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | wrong | cell added without the forget gate, loop over rows
def lstm_step(u, c):
    hs, cs = [], []
    d = c.shape[1]
    for row, old in zip(u, c):
        i, f, o, g = row.reshape(4, d)
        new = old + sigmoid(i) * np.tanh(g)
        cs.append(new)
        hs.append(sigmoid(o) * np.tanh(new))
    return np.array(hs), np.array(cs)


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | right | reshape and transpose
def lstm_step(u, c):
    n, d = c.shape
    i, f, o, g = u.reshape(n, 4, d).transpose(1, 0, 2)
    new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new), new


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | right | loop over samples and units
import math
def lstm_step(u, c):
    n, d = c.shape
    h, c2 = np.zeros((n, d)), np.zeros((n, d))
    s = lambda v: 1 / (1 + math.exp(-v))
    for a in range(n):
        for k in range(d):
            c2[a, k] = s(u[a, d + k]) * c[a, k] + s(u[a, k]) * math.tanh(u[a, 3 * d + k])
            h[a, k] = s(u[a, 2 * d + k]) * math.tanh(c2[a, k])
    return h, c2


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | right | a scaled tanh does it all
def lstm_step(u, c):
    d = c.shape[1]
    z = np.tanh(u * np.repeat([0.5, 0.5, 0.5, 1], d))
    i, f, o = ((z[:, k : k + d] + 1) / 2 for k in (0, d, 2 * d))
    c = f * c + i * z[:, 3 * d :]
    return o * np.tanh(c), c


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm | right | np.hsplit and a list as the result
def lstm_step(u, c):
    i, f, o, g = np.hsplit(u, 4)
    c_next = np.add(np.multiply(sigmoid(f), c), np.multiply(sigmoid(i), np.tanh(g)))
    return [sigmoid(o) * np.tanh(c_next), c_next]


check("recurrent.lstm", lstm_step)

# %% recurrent.lstm_back | wrong | dc's share of h left out
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c2 = f * c + i * g
    do = dh * np.tanh(c2)
    du = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), do * o * (1 - o), dc * i * (1 - g**2)])
    return du, dc * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | dc from outside forgotten
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dh * o * (1 - t**2)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g**2)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | slope of tanh at the old cell
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c2 = f * c + i * g
    dcn = dc + dh * o * (1 - np.tanh(c) ** 2)
    du = np.concatenate([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * np.tanh(c2) * o * (1 - o), dcn * i * (1 - g**2)], axis=1)
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | forget gate's share with the new cell
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c = f * c + i * g
    t = np.tanh(c)
    dc = dc + dh * o * (1 - t**2)
    du = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dh * t * o * (1 - o), dc * i * (1 - g**2)])
    return du, dc * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | gradients at the gates, not at u
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t * t)
    return np.hstack([dcn * g, dcn * c, dh * t, dcn * i]), dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | order i, f, g, o in du
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t * t)
    return np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dcn * i * (1 - g * g), dh * t * o * (1 - o)]), dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | old cell's gradient without the forget gate
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t * t)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g * g)])
    return du, dcn


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | sigmoid slope for g as well
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t * t)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * g * (1 - g)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | output gate missing on the way to the cell
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * (1 - t * t)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g * g)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | do uses the cell without tanh
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    new = f * c + i * g
    dcn = dc + dh * o * (1 - np.tanh(new) ** 2)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * new * o * (1 - o), dcn * i * (1 - g * g)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | dc += writes into the caller's array
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dc += dh * o * (1 - t**2)
    du = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dh * t * o * (1 - o), dc * i * (1 - g**2)])
    return du, dc * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | stacked along the wrong axis
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t**2)
    du = np.concatenate([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g**2)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | slope of sigmoid at the gates' values
def lstm_back(dh, dc, u, c):
    def ds(v):
        return sigmoid(v) * (1 - sigmoid(v))
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t**2)
    du = np.hstack([dcn * g * ds(i), dcn * c * ds(f), dh * t * ds(o), dcn * i * (1 - g**2)])
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | tuple of four parts instead of one array
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t**2)
    return (dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g**2)), dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | wrong | old cell gets dc f only, du is right
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o * (1 - t**2)
    du = np.hstack([dcn * g * i * (1 - i), dcn * c * f * (1 - f), dh * t * o * (1 - o), dcn * i * (1 - g**2)])
    return du, dc * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | right | loop over samples, chain by chain
def lstm_back(dh, dc, u, c):
    n, d = c.shape
    du, dc_old = np.zeros((n, 4 * d)), np.zeros((n, d))
    for s in range(n):
        ui, uf, uo, ug = u[s].reshape(4, d)
        i, f, o, g = sigmoid(ui), sigmoid(uf), sigmoid(uo), np.tanh(ug)
        t = np.tanh(f * c[s] + i * g)
        total = dc[s] + dh[s] * o * (1 - t**2)
        du[s, :d] = total * g * i * (1 - i)
        du[s, d : 2 * d] = total * c[s] * f * (1 - f)
        du[s, 2 * d : 3 * d] = dh[s] * t * o * (1 - o)
        du[s, 3 * d :] = total * i * (1 - g**2)
        dc_old[s] = total * f
    return du, dc_old


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | right | gradients into slices of an empty array
def lstm_back(dh, dc, u, c):
    d = c.shape[1]
    s = sigmoid(u[:, : 3 * d])
    i, f, o, g = s[:, :d], s[:, d : 2 * d], s[:, 2 * d :], np.tanh(u[:, 3 * d :])
    t = np.tanh(f * c + i * g)
    dcn = dc + dh * o / np.cosh(f * c + i * g) ** 2
    du = np.empty_like(u)
    for k, part in enumerate([dcn * g, dcn * c, dh * t]):
        du[:, k * d : (k + 1) * d] = part
    du[:, : 3 * d] *= s * (1 - s)
    du[:, 3 * d :] = dcn * i * (1 - g * g)
    return du, dcn * f


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | right | central differences of the step
def lstm_back(dh, dc, u, c):
    def value(u, c):
        i, f, o, g = np.split(u, 4, axis=1)
        new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return (dh * sigmoid(o) * np.tanh(new) + dc * new).sum()
    def slope(which):
        args = [u.copy(), c.copy()]
        out = np.zeros_like(args[which])
        for k in np.ndindex(out.shape):
            old = args[which][k]
            args[which][k] = old + 1e-5
            up = value(*args)
            args[which][k] = old - 1e-5
            out[k] = (up - value(*args)) / 2e-5
            args[which][k] = old
        return out
    return slope(0), slope(1)


check("recurrent.lstm_back", lstm_back)

# %% recurrent.lstm_back | right | np.block and np.array(list)
def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    t = np.tanh(f * c + i * g)
    back = dc + dh * (o - o * t**2)
    parts = [back * g * (i - i**2), back * c * (f - f**2), dh * t * (o - o**2), back * (i - i * g**2)]
    return np.block([parts]), f * back


check("recurrent.lstm_back", lstm_back)

# %% recurrent.forget | wrong | times T, not to the power
def let_through(b, T):
    return sigmoid(b) * T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | slope of the sigmoid
def let_through(b, T):
    s = sigmoid(b)
    return (s * (1 - s)) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | b itself to the power
def let_through(b, T):
    return b**T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | tanh for sigmoid
def let_through(b, T):
    return np.tanh(b) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | what is forgotten
def let_through(b, T):
    return 1 - sigmoid(b) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | 1 - sigmoid as the gate
def let_through(b, T):
    f = 1 - sigmoid(b)
    return f**T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | T inside the sigmoid
def let_through(b, T):
    return sigmoid(b * T)


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | one step too few
def let_through(b, T):
    share = 1.0
    for t in range(1, T):
        share *= sigmoid(b)
    return share


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | one step too many
def let_through(b, T):
    share = sigmoid(b)
    for t in range(T):
        share = share * sigmoid(b)
    return share


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | sign in the exponential
import math
def let_through(b, T):
    return (1 / (1 + math.exp(b))) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | caret as a power
def let_through(b, T):
    return sigmoid(b) ^ T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | e^-bT
def let_through(b, T):
    return np.exp(-b * T)


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | return in the loop
def let_through(b, T):
    p = 1
    for _ in range(T):
        p *= sigmoid(b)
        return p


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | a percentage
def let_through(b, T):
    return 100 * sigmoid(b) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | the gate applied to itself
def let_through(b, T):
    for _ in range(T):
        b = sigmoid(b)
    return b


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | rounded
def let_through(b, T):
    return round(float(sigmoid(b) ** T), 2)


check("recurrent.forget", let_through)

# %% recurrent.forget | right | a product by a loop
def let_through(b, T):
    share = 1
    for _ in range(int(T)):
        share *= 1 / (1 + np.exp(-b))
    return share


check("recurrent.forget", let_through)

# %% recurrent.forget | right | by logarithms
def let_through(b, T):
    return np.exp(-T * np.log1p(np.exp(-b)))


check("recurrent.forget", let_through)

# %% recurrent.forget | right | recursion
def let_through(b, T):
    return 1.0 if T == 0 else float(sigmoid(b)) * let_through(b, T - 1)


check("recurrent.forget", let_through)

# %% recurrent.forget | right | a fraction of exponentials
from math import exp
def let_through(b, T):
    return (exp(b) / (1 + exp(b))) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | right | np.prod of a full array
def let_through(b, T):
    return np.prod(np.full(T, sigmoid(b)))


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | works for positive biases only
def let_through(b, T):
    return (1 / (1 + np.exp(-abs(b)))) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | hard sigmoid
def let_through(b, T):
    return np.clip(0.25 * b + 0.5, 0, 1) ** T


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | first-order approximation, 1 - T e^-b
def let_through(b, T):
    return 1 - T * np.exp(-b)


check("recurrent.forget", let_through)

# %% recurrent.forget | wrong | exponential approximation
def let_through(b, T):
    return np.exp(-T * np.exp(-b))


check("recurrent.forget", let_through)

# %% recurrent.bias | wrong | no root, logit of keep
def bias_for(keep, T):
    return np.log(keep / (1 - keep))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | keep / T in place of the root
def bias_for(keep, T):
    p = keep / T
    return np.log(p / (1 - p))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | the gate, not its bias
def bias_for(keep, T):
    return keep ** (1 / T)


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | sign of the logit
def bias_for(keep, T):
    f = keep ** (1 / T)
    return np.log((1 - f) / f)


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | log of the gate only
def bias_for(keep, T):
    return np.log(keep ** (1 / T))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | precedence: keep to the 1, over T
def bias_for(keep, T):
    f = keep**1 / T
    return np.log(f / (1 - f))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | integer division in the exponent
def bias_for(keep, T):
    f = keep ** (1 // T)
    return np.log(f / (1 - f))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | power T, not root
def bias_for(keep, T):
    f = keep**T
    return np.log(f) - np.log(1 - f)


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | log10
import math
def bias_for(keep, T):
    f = keep ** (1 / T)
    return math.log10(f / (1 - f))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | logit of keep, over T
def bias_for(keep, T):
    return np.log(keep / (1 - keep)) / T


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | arctanh of the gate
def bias_for(keep, T):
    return np.arctanh(keep ** (1 / T))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | half of it: arctanh mistaken for the logit
def bias_for(keep, T):
    f = keep ** (1 / T)
    return 0.5 * np.log((1 + f) / (1 - f))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | search between 0 and 10 only, coarse
def bias_for(keep, T):
    best = min(np.arange(0, 10, 0.1), key=lambda b: abs(sigmoid(b) ** T - keep))
    return best


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | undefined logit
def bias_for(keep, T):
    return logit(keep ** (1 / T))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | T - 1 gates
def bias_for(keep, T):
    f = keep ** (1 / (T - 1))
    return np.log(f / (1 - f))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | bracket missing in the quotient
def bias_for(keep, T):
    f = keep ** (1 / T)
    return np.log(f / 1 - f)


check("recurrent.bias", bias_for)

# %% recurrent.bias | right | minus log of 1/f - 1
from math import log
def bias_for(keep, T):
    return -log(keep ** (-1 / T) - 1)


check("recurrent.bias", bias_for)

# %% recurrent.bias | right | bisection
def bias_for(keep, T):
    lo, hi = -50.0, 50.0
    for _ in range(200):
        mid = (lo + hi) / 2
        if sigmoid(mid) ** T < keep:
            lo = mid
        else:
            hi = mid
    return mid


check("recurrent.bias", bias_for)

# %% recurrent.bias | right | log and expm1
def bias_for(keep, T):
    a = np.log(keep) / T
    return a - np.log(-np.expm1(a))


check("recurrent.bias", bias_for)

# %% recurrent.bias | right | twice arctanh
def bias_for(keep, T):
    f = np.power(keep, 1.0 / T)
    return float(2 * np.arctanh(2 * f - 1))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | first-order approximation
def bias_for(keep, T):
    return np.log(T / (1 - keep))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | approximation: log of T over minus log keep
def bias_for(keep, T):
    return np.log(T / -np.log(keep))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | bisection among positive biases only
def bias_for(keep, T):
    lo, hi = 0.0, 20.0
    for _ in range(100):
        mid = (lo + hi) / 2
        if sigmoid(mid) ** T < keep:
            lo = mid
        else:
            hi = mid
    return mid


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | absolute value of the logit
def bias_for(keep, T):
    f = keep ** (1 / T)
    return abs(np.log(f / (1 - f)))


check("recurrent.bias", bias_for)

# %% recurrent.bias | wrong | rounded
def bias_for(keep, T):
    f = keep ** (1 / T)
    return round(np.log(f / (1 - f)), 2)


check("recurrent.bias", bias_for)

# %% recurrent.gru | wrong | z and 1 - z exchanged
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return z * g + (1 - z) * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | r gates the input's part
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(r * a + v)
    return (1 - z) * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | r gates the whole sum
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(r * (a + v))
    return (1 - z) * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | r times h in place of v
def gru_step(ur, uz, a, v, h):
    reset, update = sigmoid(ur), sigmoid(uz)
    cand = np.tanh(a + reset * h)
    return (1 - update) * cand + update * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | no sigmoid for z
def gru_step(ur, uz, a, v, h):
    r = sigmoid(ur)
    g = np.tanh(a + r * v)
    return (1 - uz) * g + uz * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | gates exchanged
def gru_step(ur, uz, a, v, h):
    z, r = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | sigmoid for the candidate
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = sigmoid(a + r * v)
    return g - z * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | tanh for the gates
def gru_step(ur, uz, a, v, h):
    r, z = np.tanh(ur), np.tanh(uz)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | no reset gate
def gru_step(ur, uz, a, v, h):
    z = sigmoid(uz)
    return (1 - z) * np.tanh(a + v) + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | old state mixed with v
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * v


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | bracket missing
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return 1 - z * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | tanh over the result, like an LSTM
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return np.tanh((1 - z) * g + z * h)


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | matrix product with the gate
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r @ v)
    return (1 - z) @ g + z @ h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | mean over the batch of the gates
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur).mean(axis=0), sigmoid(uz).mean(axis=0)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * h


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | hard gate: 0 or 1
def gru_step(ur, uz, a, v, h):
    r = sigmoid(ur)
    g = np.tanh(a + r * v)
    return np.where(sigmoid(uz) > 0.5, h, g)


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | state and candidate returned
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * h, g


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | writes into h
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    h *= z
    h += (1 - z) * np.tanh(a + r * v)
    return h


check("recurrent.gru", gru_step)

# %% recurrent.gru | right | g plus z times the difference
def gru_step(ur, uz, a, v, h):
    g = np.tanh(a + sigmoid(ur) * v)
    return g + sigmoid(uz) * (h - g)


check("recurrent.gru", gru_step)

# %% recurrent.gru | right | loop over entries
from math import exp, tanh
def gru_step(ur, uz, a, v, h):
    out = np.empty(h.shape)
    for k in np.ndindex(*h.shape):
        r = 1 / (1 + exp(-ur[k]))
        z = 1 / (1 + exp(-uz[k]))
        out[k] = (1 - z) * tanh(a[k] + r * v[k]) + z * h[k]
    return out


check("recurrent.gru", gru_step)

# %% recurrent.gru | right | np.average with weights
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(np.array([ur, uz]))
    g = np.tanh(a + r * v)
    return np.average(np.stack([g, h]), axis=0, weights=np.stack([1 - z, z]))


check("recurrent.gru", gru_step)

# %% recurrent.gru | right | sigmoid of the negative
def gru_step(ur, uz, a, v, h):
    return sigmoid(-uz) * np.tanh(a + v / (1 + np.exp(-ur))) + h / (1 + np.exp(-uz))


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | result clipped
def gru_step(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return np.clip((1 - z) * g + z * h, 0, 1)


check("recurrent.gru", gru_step)

# %% recurrent.gru | wrong | only the first sample
def gru_step(ur, uz, a, v, h):
    for i in range(len(h)):
        r, z = sigmoid(ur[i]), sigmoid(uz[i])
        g = np.tanh(a[i] + r * v[i])
        return (1 - z) * g + z * h[i]


check("recurrent.gru", gru_step)

# %% recurrent.depth | wrong | tanh thought to hold to 20
deepest = {"sigmoid": 0, "tanh": 20, "relu": 10, "LSTM": 20}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | ReLU's factor is 1, so 20
deepest = {"sigmoid": 0, "tanh": 10, "relu": 20, "LSTM": 20}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | better than guessing instead of more than half
deepest = {"sigmoid": 5, "tanh": 20, "relu": 20, "LSTM": 20}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | the smallest depth that works
deepest = {}
for kind in ("sigmoid", "tanh", "relu", "LSTM"):
    good = [d for d in (5, 10, 20) if learn(kind, d, 0.01)[1] > 0.5]
    deepest[kind] = min(good) if good else 0

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | read at learning rate 0.003
deepest = {
    k: max([d for d in (5, 10, 20) if learn(k, d, 0.003)[1] > 0.5], default=0)
    for k in ("sigmoid", "tanh", "relu", "LSTM")
}
print(deepest)

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | None instead of 0 for the sigmoid
deepest = {"sigmoid": None, "tanh": 10, "relu": 10, "LSTM": 20}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | how many depths work, not the largest
deepest = {"sigmoid": 0, "tanh": 2, "relu": 2, "LSTM": 3}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | the first depth at which it fails
deepest = dict(sigmoid=5, tanh=20, relu=20, LSTM=0)

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | the LSTM loses it at 20
deepest = {"sigmoid": 0, "tanh": 10, "relu": 10, "LSTM": 10}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | shares right at depth 20
deepest = {"sigmoid": 0.10, "tanh": 0.31, "relu": 0.38, "LSTM": 0.85}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | the gates' sigmoids thought to vanish as the layer's
sig = 0
deepest = {"sigmoid": sig, "tanh": 10, "relu": 20, "LSTM": sig}

check("recurrent.depth", deepest)

# %% recurrent.depth | wrong | the LSTM forgotten
deepest = {"sigmoid": 0, "tanh": 10, "relu": 10}

check("recurrent.depth", deepest)

# %% recurrent.depth | right | a loop over the figure's function
deepest = {}
for kind in ["LSTM", "relu", "tanh", "sigmoid"]:
    deepest[kind] = 0
    for depth in (5, 10, 20):
        if learn(kind, depth, 0.01)[1] > 0.5:
            deepest[kind] = depth

check("recurrent.depth", deepest)

# %% recurrent.depth | right | dict() in another order
deepest = dict(LSTM=20, relu=10, tanh=10, sigmoid=0)

check("recurrent.depth", deepest)

# %% recurrent.depth | right | floats
deepest = {"sigmoid": 0.0, "tanh": 10.0, "relu": 10.0, "LSTM": 20.0}

check("recurrent.depth", deepest)

# %% recurrent.depth | right | numpy integers from an array
v = np.array([0, 10, 10, 20])
deepest = {k: v[i] for i, k in enumerate(["sigmoid", "tanh", "relu", "LSTM"])}

check("recurrent.depth", deepest)

# %% recurrent.depth | right | fromkeys and update
deepest = dict.fromkeys(("sigmoid", "tanh", "relu", "LSTM"), 10)
deepest.update(sigmoid=0, LSTM=20)

check("recurrent.depth", deepest)
