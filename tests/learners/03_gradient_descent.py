# %% descent.sgd_step | wrong | goes uphill
def sgd_step(theta, grad, lr):
    return theta + lr * grad


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | returns only the step
def sgd_step(theta, grad, lr):
    return -lr * grad


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | changes theta in place
def sgd_step(theta, grad, lr):
    theta -= lr * grad
    return theta


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | step is multiplied by theta
def sgd_step(theta, grad, lr):
    return theta - lr * theta * grad


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | normalizes the gradient first
def sgd_step(theta, grad, lr):
    length = np.sqrt(np.sum(grad**2))
    return theta - lr * grad / length


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | divides by the number of parameters
def sgd_step(theta, grad, lr):
    n = len(theta)
    return theta - lr / n * grad


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | return inside the loop, after one entry
def sgd_step(theta, grad, lr):
    new = theta.copy()
    for i in range(len(theta)):
        new[i] = theta[i] - lr * grad[i]
        return new


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | loop leaves out the last parameter
def sgd_step(theta, grad, lr):
    new = np.array(theta)
    for i in range(len(theta) - 1):
        new[i] -= lr * grad[i]
    return new


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | brackets: lr times the difference
def sgd_step(theta, grad, lr):
    return lr * (theta - grad)


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | zeros_like without accumulating theta
def sgd_step(theta, grad, lr):
    result = np.zeros_like(theta)
    for i, g in enumerate(grad):
        result[i] -= lr * g
    return result


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | prints and returns nothing
def sgd_step(theta, grad, lr):
    new_theta = theta - lr * grad
    print(new_theta)


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | divides by the learning rate
def sgd_step(theta, grad, lr):
    return theta - grad / lr


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | sums the gradient to one number
def sgd_step(theta, grad, lr):
    return theta - lr * grad.sum()


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | only moves along the sign
def sgd_step(theta, grad, lr):
    return np.where(grad > 0, theta - lr, theta + lr)


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | wrong | uses an undefined name eta
def sgd_step(theta, grad, lr):
    return theta - eta * grad


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | right | library optimizer on a copy
def sgd_step(theta, grad, lr):
    theta = np.array(theta, dtype=float)
    nn.SGD(lr).step(theta, np.asarray(grad, dtype=float))
    return theta


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | right | comprehension
def sgd_step(theta, grad, lr):
    return np.array([t - lr * g for t, g in zip(theta, grad)])


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | right | np.subtract and other names
def sgd_step(w, g, eta=0.1):
    return np.subtract(w, np.multiply(eta, g))


check("descent.sgd_step", sgd_step)

# %% descent.sgd_step | right | einsum and a matrix
def sgd_step(theta, grad, lr):
    stacked = np.stack([theta, grad])
    return np.einsum("i,ij->j", np.array([1.0, -lr]), stacked)


check("descent.sgd_step", sgd_step)

# %% descent.largest_rate | wrong | 1 over the largest curvature
def largest_rate(H):
    return 1 / np.linalg.eigvalsh(H).max()


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | smallest curvature
def largest_rate(H):
    lam = np.linalg.eigvalsh(H)
    return 2 / lam[0]


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | largest diagonal entry
def largest_rate(H):
    return 2 / max(H[i, i] for i in range(len(H)))


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | trace in place of the largest eigenvalue
def largest_rate(H):
    return 2 / np.trace(H)


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | the fastest rate: smallest plus largest
def largest_rate(H):
    w = np.linalg.eigvalsh(H)
    return 2 / (w.min() + w.max())


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | the Frobenius norm
def largest_rate(H):
    return 2 / np.linalg.norm(H)


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | the condition number
def largest_rate(H):
    eig = np.linalg.eigvalsh(H)
    return eig[-1] / eig[0]


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | 2 times the curvature
def largest_rate(H):
    return 2 * np.linalg.eigvalsh(H)[-1]


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | takes last of unsorted eig
def largest_rate(H):
    values, vectors = np.linalg.eig(H)
    return 2 / values[-1]


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | max over both values and vectors
def largest_rate(H):
    result = np.linalg.eigh(H)
    return 2 / np.max(result[1])


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | returns one rate for each eigenvalue
def largest_rate(H):
    lam = np.linalg.eigvalsh(H)
    return 2 / lam


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | the largest row sum
def largest_rate(H):
    return 2 / np.abs(H).sum(axis=1).max()


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | singular value squared
def largest_rate(H):
    s = np.linalg.svd(H)[1]
    return 2 / s[0] ** 2


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | power iteration, far too few steps
def largest_rate(H):
    v = np.ones(len(H))
    for _ in range(2):
        v = H @ v
        v = v / np.linalg.norm(v)
    return 2 / (v @ H @ v)


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | linalg misspelled
def largest_rate(H):
    lam = np.linalg.eigenvals(H)
    return 2 / max(lam)


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | wrong | mean of the eigenvalues, with a float()
def largest_rate(H):
    curvature = float(np.mean(np.linalg.eigvalsh(H)))
    return 2.0 / curvature


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | right | spectral norm
def largest_rate(H):
    return 2 / np.linalg.norm(H, 2)


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | right | eig, real part, sorted
def largest_rate(H):
    values, _ = np.linalg.eig(H)
    values = sorted(float(v.real) for v in values)
    return 2 / values[-1]


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | right | bisection on the largest |1 - lr curvature|
def largest_rate(H):
    lam = np.linalg.eigvalsh(H)

    def stable(lr):
        return np.all(np.abs(1 - lr * lam) <= 1)

    low, high = 0.0, 1.0
    while stable(high):
        high *= 2
    for _ in range(200):
        mid = (low + high) / 2
        if stable(mid):
            low = mid
        else:
            high = mid
    return low


check("descent.largest_rate", largest_rate)

# %% descent.largest_rate | right | singular values, array of no dimension
def largest_rate(H):
    return np.divide(2, np.max(np.linalg.svd(H, compute_uv=False)))


check("descent.largest_rate", largest_rate)

# %% descent.momentum_step | wrong | velocity with a plus sign, theta plus v
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v + lr * grad
    theta = theta + v
    return theta, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | the form of PyTorch
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v + grad
    return theta - lr * v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | moves by the old velocity
def momentum_step(theta, v, grad, lr, beta):
    theta_new = theta + v
    v_new = beta * v - lr * grad
    return theta_new, v_new


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | running mean: 1 - beta at the gradient
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - (1 - beta) * lr * grad
    return theta + v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | results in the wrong order
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    return v, theta + v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | only theta returned
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    return theta + v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | beta on the whole bracket
def momentum_step(theta, v, grad, lr, beta):
    v = beta * (v - lr * grad)
    return theta + v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | Nesterov's step
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    return theta + beta * v - lr * grad, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | v changed in place
def momentum_step(theta, v, grad, lr, beta):
    v *= beta
    v -= lr * grad
    return theta + v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | subtracts the velocity, in other names
def momentum_step(w, speed, g, lr, beta):
    speed = beta * speed - lr * g
    w = w - speed
    return w, speed


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | learning rate used twice
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    return theta + lr * v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | returns the old v
def momentum_step(theta, v, grad, lr, beta):
    new_v = beta * v - lr * grad
    new_theta = theta + new_v
    return new_theta, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | gradient counted twice
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    theta = theta - lr * grad + v
    return theta, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | beta and lr exchanged
def momentum_step(theta, v, grad, lr, beta):
    v = lr * v - beta * grad
    return theta + v, v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | wrong | loop with only the last entries returned
def momentum_step(theta, v, grad, lr, beta):
    for i in range(len(theta)):
        new_v = beta * v[i] - lr * grad[i]
        new_theta = theta[i] + new_v
    return new_theta, new_v


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | right | returns a list
def momentum_step(theta, v, grad, lr, beta):
    v = beta * v - lr * grad
    return [theta + v, v]


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | right | velocity with the other sign inside, turned outside
def momentum_step(theta, v, grad, lr, beta):
    down = lr * grad - beta * v
    return theta - down, -down


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | right | a loop on copies
def momentum_step(theta, v, grad, lr, beta):
    a, b = theta.copy(), v.copy()
    for i in range(len(a)):
        b[i] = beta * b[i] - lr * grad[i]
        a[i] += b[i]
    return a, b


check("descent.momentum_step", momentum_step)

# %% descent.momentum_step | right | as one array of two rows
def momentum_step(theta, v, grad, lr, beta):
    step = beta * v - lr * grad
    return np.array([theta + step, step])


check("descent.momentum_step", momentum_step)

# %% descent.adam_step | wrong | no bias correction
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    return theta - lr * m / (np.sqrt(s) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | eps inside the root
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    mh = m / (1 - b1**k)
    sh = s / (1 - b2**k)
    return theta - lr * mh / np.sqrt(sh + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | returns the corrected means
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m = m / (1 - b1**k)
    s = s / (1 - b2**k)
    theta = theta - lr * m / (np.sqrt(s) + eps)
    return theta, m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | counts k from 0: power k + 1
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad * grad
    m_hat = m / (1 - b1 ** (k + 1))
    s_hat = s / (1 - b2 ** (k + 1))
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | b1 and b2 exchanged in the correction
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat = m / (1 - b2**k)
    s_hat = s / (1 - b1**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | s without the square
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * abs(grad)
    m_hat = m / (1 - b1**k)
    s_hat = s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | square of the running mean m
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * m**2
    m_hat = m / (1 - b1**k)
    s_hat = s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | the squared norm, one number for all
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad @ grad
    m_hat = m / (1 - b1**k)
    s_hat = s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | no root
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat = m / (1 - b1**k)
    s_hat = s / (1 - b2**k)
    return theta - lr * m_hat / (s_hat + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | times k in place of to the power
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat = m / (1 - b1 * k)
    s_hat = s / (1 - b2 * k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | the hat ^ for the power
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat = m / (1 - b1 ^ k)
    s_hat = s / (1 - b2 ^ k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | the gradient in the numerator, as in RMSProp
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    s_hat = s / (1 - b2**k)
    return theta - lr * grad / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | corrected means from the old m, s
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m_hat = m / (1 - b1**k)
    s_hat = s / (1 - b2**k)
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | eps added to the uncorrected root
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    rate = lr * np.sqrt(1 - b2**k) / (1 - b1**k)
    return theta - rate * m / (np.sqrt(s) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | changes m and s in place
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m += (1 - b1) * (grad - m)
    s += (1 - b2) * (grad**2 - s)
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | gradient added whole, without 1 - b1
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | missing brackets: eps added to the quotient
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    return theta - lr * m_hat / np.sqrt(s_hat) + eps, m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | correction only in the very first step
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    mh, sh = m, s
    if k == 1:
        mh, sh = m / (1 - b1), s / (1 - b2)
    return theta - lr * mh / (np.sqrt(sh) + eps), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | right | written as a difference, returns a list
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = m + (1 - b1) * (grad - m)
    s = s + (1 - b2) * (np.square(grad) - s)
    root = np.sqrt(s / (1 - b2**k)) + eps
    return [theta - lr * (m / (1 - b1**k)) / root, m, s]


check("descent.adam_step", adam_step)

# %% descent.adam_step | right | the library's optimizer, moments put in
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    opt = nn.Adam(lr, (b1, b2), eps)
    opt.m, opt.s, opt.steps = m.copy(), s.copy(), k
    theta = theta.copy()
    opt.update(theta, grad, lr)
    return theta, opt.m, opt.s


check("descent.adam_step", adam_step)

# %% descent.adam_step | right | entry by entry in a loop
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    new = []
    for t, mi, si, g in zip(theta, m, s, grad):
        mi = b1 * mi + (1 - b1) * g
        si = b2 * si + (1 - b2) * g * g
        step = lr * (mi / (1 - b1**k)) / ((si / (1 - b2**k)) ** 0.5 + eps)
        new.append((t - step, mi, si))
    a, b, c = zip(*new)
    return np.array(a), np.array(b), np.array(c)


check("descent.adam_step", adam_step)

# %% descent.adam_step | right | rate form with eps scaled to match
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    c = np.sqrt(1 - b2**k)
    return theta - lr * c / (1 - b1**k) * m / (np.sqrt(s) + eps * c), m, s


check("descent.adam_step", adam_step)

# %% training.mini_batches | wrong | in order, not shuffled
def mini_batches(n, size, rng):
    order = np.arange(n)
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | drops the last, smaller batch
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    return [order[i * size : (i + 1) * size] for i in range(n // size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | draws with replacement
def mini_batches(n, size, rng):
    batches = []
    for i in range(0, n, size):
        batches.append(rng.integers(0, n, min(size, n - i)))
    return batches


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | every batch its own permutation
def mini_batches(n, size, rng):
    return [rng.permutation(n)[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | np.random in place of rng
def mini_batches(n, size, rng):
    order = np.random.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | seed fixed inside: always the same order
def mini_batches(n, size, rng):
    rng = np.random.default_rng(0)
    order = rng.permutation(n)
    for start in range(0, n, size):
        yield order[start : start + size]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | array_split makes even batches
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    return np.array_split(order, -(-n // size))


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | size is taken for the number of batches
def mini_batches(n, size, rng):
    return np.array_split(rng.permutation(n), size)


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | an empty batch at the end when size divides
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    return [order[i * size : (i + 1) * size] for i in range(n // size + 1)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | numbers from 1 to n
def mini_batches(n, size, rng):
    order = rng.permutation(np.arange(1, n + 1))
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | return inside the loop: one batch only
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    for i in range(0, n, size):
        batch = order[i : i + size]
        return [batch]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | shuffle's result, which is None
def mini_batches(n, size, rng):
    order = rng.shuffle(np.arange(n))
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | the last batch filled up from the front
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    batches = []
    for i in range(0, n, size):
        batches.append(np.take(order, range(i, i + size), mode="wrap"))
    return batches


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | only the order of batches is random
def mini_batches(n, size, rng):
    starts = rng.permutation(np.arange(0, n, size))
    parts = [np.arange(s, min(s + size, n)) for s in starts]
    return sorted(parts, key=len, reverse=True)


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | start moves by one: overlapping batches
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    for i in range(0, n):
        yield order[i : i + size]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | the loop forgets to move on: endless
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    start = 0
    while start < n:
        yield order[start : start + size]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | the remainder added to the last full batch
def mini_batches(n, size, rng):
    order = rng.permutation(n)
    full = max(n // size, 1)
    out = [order[i * size : (i + 1) * size] for i in range(full - 1)]
    out.append(order[(full - 1) * size :])
    return out


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | every batch drawn afresh with choice
def mini_batches(n, size, rng):
    return [rng.choice(n, size, replace=False) for _ in range(n // size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | yield with shrinking rest
def mini_batches(n, size, rng):
    rest = rng.permutation(n)
    while len(rest):
        yield rest[:size]
        rest = rest[size:]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | shuffles an arange in place
def mini_batches(n, size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, range(size, n, size))


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | choice without replacement
def mini_batches(n, size, rng):
    order = rng.choice(n, n, replace=False)
    return [np.array(order[i : i + size]) for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | argsort of random numbers, a tuple
def mini_batches(n, size, rng):
    order = np.argsort(rng.random(n))
    return tuple(order[i : i + size] for i in range(0, n, size))


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | draws from a pool until it is empty
def mini_batches(n, size, rng):
    pool = list(range(n))
    while pool:
        batch = []
        while pool and len(batch) < size:
            batch.append(pool.pop(int(rng.integers(len(pool)))))
        yield np.array(batch)


check("training.mini_batches", mini_batches)

# %% training.loop | wrong | zero_grad is missing
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | zero_grad once an epoch
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        net.zero_grad()
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | update after the epoch only
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        net.zero_grad()
        for i in range(0, len(x), size):
            b = order[i : i + size]
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            losses.append(value)
        net.theta -= lr * net.grad
    return losses


check("training.loop", train)

# %% training.loop | wrong | targets are not shuffled along
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        x = x[rng.permutation(len(x))]
        for i in range(0, len(x), size):
            net.zero_grad()
            y, tape = net.forward(x[i : i + size], train=True)
            value, saved = loss.forward(y, t[i : i + size])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | right | shuffles the shuffled data again and again
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        p = rng.permutation(len(x))
        x, t = x[p], t[p]
        for i in range(0, len(x), size):
            net.zero_grad()
            y, tape = net.forward(x[i : i + size], train=True)
            value, saved = loss.forward(y, t[i : i + size])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | one permutation for all epochs
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    order = rng.permutation(len(x))
    for _ in range(epochs):
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | one mean loss for each epoch
def train(net, loss, x, t, lr, size, epochs, rng):
    history = []
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        inner = []
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            inner.append(value)
        history.append(np.mean(inner))
    return history


check("training.loop", train)

# %% training.loop | wrong | losses taken after the update
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            xs, ts = x[order[i : i + size]], t[order[i : i + size]]
            net.zero_grad()
            y, tape = net.forward(xs, train=True)
            _, saved = loss.forward(y, ts)
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(loss(net(xs), ts))
    return losses


check("training.loop", train)

# %% training.loop | wrong | the last incomplete mini-batch is skipped
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for j in range(len(x) // size):
            b = order[j * size : (j + 1) * size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | divides by the batch size once more
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad / len(b)
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | zero_grad between backward and update
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.zero_grad()
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | return one level too deep
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
        return losses


check("training.loop", train)

# %% training.loop | wrong | theta goes into a local name, net unchanged
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    theta = net.theta
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            theta = theta - lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | y - t handed to backward
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(y - t[b], tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | loss without the append: last value only
def train(net, loss, x, t, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            losses, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
    return losses


check("training.loop", train)

# %% training.loop | wrong | forward without train=True
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y = net(x[b])
            y, tape = net.forward(x[b], train=False)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | gradient ascent in a while loop
def train(net, loss, x, t, lr, size, epochs, rng):
    losses, epoch = [], 0
    while epoch < epochs:
        order, start = rng.permutation(len(x)), 0
        while start < len(x):
            b = order[start : start + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta += lr * net.grad
            losses.append(value)
            start += size
        epoch += 1
    return losses


check("training.loop", train)

# %% training.loop | wrong | the learning rate shrinks every epoch
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr / (1 + epoch) * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | right | zero_grad after the update
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    net.zero_grad()
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta[:] = net.theta - lr * net.grad
            losses.append(float(value))
            net.zero_grad()
    return losses


check("training.loop", train)

# %% training.loop | right | the optimizer of the library and array_split
def train(net, loss, x, t, lr, size, epochs, rng):
    opt, out = nn.SGD(lr), []

    def one(b):
        net.zero_grad()
        y, tape = net.forward(x[b], train=True)
        value, saved = loss.forward(y, t[b])
        net.backward(loss.backward(saved), tape)
        opt.step(net.theta, net.grad)
        return value

    for _ in range(epochs):
        order = rng.permutation(len(x))
        out += [one(b) for b in np.split(order, range(size, len(x), size))]
    return out


check("training.loop", train)

# %% training.loop | right | grad difference in place of zero_grad
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for e in range(epochs):
        order = rng.permutation(len(x))
        xs, ts = x[order], t[order]
        for k in range(0, len(x), size):
            net.grad[...] = 0
            y, tape = net.forward(xs[k : k + size], train=True)
            value, saved = loss.forward(y, ts[k : k + size])
            net.backward(loss.backward(saved), tape)
            for i in range(len(net.theta)):
                net.theta[i] -= lr * net.grad[i]
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.rate_by_depth | wrong | all rates of the easiest depth
rates = [0.1, 0.1, 0.1, 0.1]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | backwards: deeper nets need smaller rates
rates = [3, 1, 0.3, 0.1]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | rate where it is below ln 2
rates = [0.03, 0.03, 0.1, 1]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | read for tanh
rates = [0.03, 0.03, 0.03, 0.03]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | the largest rate that works
rates = [3, 3, 3, 3]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | the largest rate that fails
rates = [0.03, 0.1, 0.3, 1]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | the losses in place of the rates
rates = [0.413, 0.364, 0.320, 0.320]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | the indices of the rates
rates = [1, 2, 3, 4]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | only three numbers
rates = [0.1, 0.3, 1]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | one wrong: depth 2 at 0.1
rates = [0.1, 0.1, 1, 3]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | depth 1 read at the dashed line
rates = [0.03, 0.3, 1, 3]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | a word
rates = "larger"

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | comma for the decimal point
rates = [0, 1, 0, 3, 1, 3]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | one number
rates = 3

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | wrong | numbers in quotes, and depth 4 too small
rates = ["0.1", "0.3", "1", "1"]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | right | computed with trained
rates = [
    min(lr for lr in RATES if trained(depth, "sigmoid", lr)[1][-1] < 0.5) for depth in (1, 2, 3, 4)
]

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | right | an array
rates = np.array([0.1, 0.3, 1.0, 3.0])

check("training.rate_by_depth", rates)

# %% training.rate_by_depth | right | a tuple of fractions
from fractions import Fraction

rates = (Fraction(1, 10), Fraction(3, 10), Fraction(1), Fraction(3))

check("training.rate_by_depth", rates)

# %% training.loss_at_start | wrong | sign
def loss_at_start(k):
    return np.log(1 / k)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | the probability
def loss_at_start(k):
    return 1 / k


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | base 2
def loss_at_start(k):
    return np.log2(k)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | base 10
import math


def loss_at_start(k):
    return math.log10(k)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | ln 2 for every k
def loss_at_start(k):
    return float(np.log(2))


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | only the summand with p: log(k)/k
def loss_at_start(k):
    p = 1 / k
    return -p * np.log(p)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | sum over classes without p
def loss_at_start(k):
    total = 0
    for i in range(k):
        total -= np.log(1 / k)
    return total


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | the binary loss summed over k outputs
def loss_at_start(k):
    return k * np.log(2)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | loss of chance accuracy: 1 - 1/k
def loss_at_start(k):
    return 1 - 1 / k


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | int division
def loss_at_start(k):
    return -np.log(1 // k)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | one against the rest included
def loss_at_start(k):
    p = 1 / k
    return -np.log(p) - (k - 1) * np.log(1 - p)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | rounded to two digits
def loss_at_start(k):
    return round(np.log(k), 2)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | off by one in k
def loss_at_start(k):
    return np.log(k - 1)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | np.ln does not exist
def loss_at_start(k):
    return np.ln(k)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | wrong | random logits
def loss_at_start(k):
    y = np.random.default_rng(0).normal(size=(1, k))
    return nn.SoftmaxCrossEntropy()(y, np.array([0]))


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | right | the library's loss on equal logits
def loss_at_start(k):
    return nn.SoftmaxCrossEntropy()(np.zeros((1, k)), np.array([0]))


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | right | full entropy sum
def loss_at_start(k):
    p = np.full(k, 1 / k)
    t = np.eye(k)[-1]
    return -np.sum(t * np.log(p))


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | right | log2 converted
import math


def loss_at_start(k):
    return math.log2(k) * math.log(2)


check("training.loss_at_start", loss_at_start)

# %% training.loss_at_start | right | an array of one number from a softmax
def loss_at_start(k):
    y = np.ones(k)
    probs = np.exp(y) / np.exp(y).sum()
    return -np.log(probs).mean()


check("training.loss_at_start", loss_at_start)

# %% training.early_stopping | wrong | returns the last epoch as the kept one
def early_stopping(losses, patience):
    best, keep, waited = np.inf, 0, 0
    for e, v in enumerate(losses):
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
            if waited == patience:
                break
    return e, e


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | an equal loss counts as new best
def early_stopping(losses, patience):
    best, keep, waited = np.inf, 0, 0
    for e, v in enumerate(losses):
        if v <= best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited >= patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | waits one epoch too long
def early_stopping(losses, patience):
    best, keep, waited = losses[0], 0, 0
    for e in range(1, len(losses)):
        if losses[e] < best:
            best, keep, waited = losses[e], e, 0
        else:
            waited += 1
        if waited > patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | the counter is not reset
def early_stopping(losses, patience):
    best, keep, waited = float("inf"), 0, 0
    for e, v in enumerate(losses):
        if v < best:
            best = v
            keep = e
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | compares with the epoch before
def early_stopping(losses, patience):
    keep, waited = 0, 0
    for e in range(1, len(losses)):
        if losses[e] < losses[e - 1]:
            keep, waited = e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | best of the whole list, also after stopping
def early_stopping(losses, patience):
    best, waited = np.inf, 0
    last = len(losses) - 1
    for e, v in enumerate(losses):
        if v < best:
            best, waited = v, 0
        else:
            waited += 1
        if waited == patience:
            last = e
            break
    return int(np.argmin(losses)), last


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | best epoch plus patience, not limited by the list
def early_stopping(losses, patience):
    keep = 0
    for e, v in enumerate(losses):
        if v < losses[keep]:
            keep = e
        elif e - keep >= patience:
            break
    return keep, keep + patience


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | epochs counted from 1
def early_stopping(losses, patience):
    best, keep, waited = np.inf, 1, 0
    for e, v in enumerate(losses, start=1):
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses)


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | last is one past the end
def early_stopping(losses, patience):
    keep = 0
    for e in range(len(losses)):
        if losses[e] < losses[keep]:
            keep = e
        if e - keep == patience:
            return keep, e
    return keep, len(losses)


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | results exchanged
def early_stopping(losses, patience):
    keep = 0
    for e in range(len(losses)):
        if losses[e] < losses[keep]:
            keep = e
        if e - keep == patience:
            return e, keep
    return len(losses) - 1, keep


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | returns the best loss, not its epoch
def early_stopping(losses, patience):
    best, waited = np.inf, 0
    for e, v in enumerate(losses):
        if v < best:
            best, waited = v, 0
        else:
            waited += 1
        if waited == patience:
            return best, e
    return best, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | without a stop it returns None
def early_stopping(losses, patience):
    best, keep, waited = np.inf, 0, 0
    for e, v in enumerate(losses):
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | starts with best = 0
def early_stopping(losses, patience):
    best, keep, waited = 0, 0, 0
    for e, v in enumerate(losses):
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | starts with best = 1, fails for larger losses
def early_stopping(losses, patience):
    best, keep, waited = 1.0, 0, 0
    for e, v in enumerate(losses):
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | last is the epoch before the stop
def early_stopping(losses, patience):
    keep = 0
    for e in range(len(losses)):
        if losses[e] < losses[keep]:
            keep = e
        if e - keep == patience:
            return keep, e - 1
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | stops at the first rise, whatever the patience
def early_stopping(losses, patience):
    for e in range(1, len(losses)):
        if losses[e] >= losses[e - 1]:
            return e - 1, e
    return len(losses) - 1, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | pops from the list that came in
def early_stopping(losses, patience):
    best, keep, e, waited = np.inf, 0, -1, 0
    while losses and waited < patience:
        v = losses.pop(0)
        e += 1
        if v < best:
            best, keep, waited = v, e, 0
        else:
            waited += 1
    return keep, e


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | while without e += 1 after a new best
def early_stopping(losses, patience):
    keep, e = 0, 1
    while e < len(losses) and e - keep <= patience:
        if losses[e] < losses[keep]:
            keep = e
        else:
            if e - keep == patience:
                return keep, e
            e += 0
    return keep, e


check("training.early_stopping", early_stopping)

# %% training.early_stopping | right | argmin of prefixes, in a list
def early_stopping(losses, patience):
    for last in range(len(losses)):
        keep = int(np.argmin(losses[: last + 1]))
        if last - keep >= patience:
            break
    return [keep, last]


check("training.early_stopping", early_stopping)

# %% training.early_stopping | right | recursion
def early_stopping(losses, patience):
    def go(e, keep):
        if e == len(losses):
            return keep, e - 1
        if losses[e] < losses[keep]:
            return go(e + 1, e)
        if e - keep >= patience:
            return keep, e
        return go(e + 1, keep)

    return go(0, 0)


check("training.early_stopping", early_stopping)

# %% training.early_stopping | right | an array of two whole numbers
def early_stopping(losses, patience):
    low = np.minimum.accumulate(losses)
    first = [int(np.argmax(low == v)) for v in low]
    waits = np.arange(len(losses)) - first
    stop = np.flatnonzero(waits >= patience)
    last = stop[0] if len(stop) else len(losses) - 1
    return np.array([first[last], last])


check("training.early_stopping", early_stopping)

# %% training.early_stopping | right | a class keeps the state
def early_stopping(losses, patience):
    class State:
        best = float("inf")
        keep = last = wait = 0

    s = State()
    for s.last, v in enumerate(losses):
        if v < s.best:
            s.best, s.keep, s.wait = v, s.last, 0
            continue
        s.wait += 1
        if s.wait >= patience:
            break
    return np.int64(s.keep), np.int64(s.last)


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | demands an improvement of 0.001
def early_stopping(losses, patience):
    best, keep, waited = np.inf, 0, 0
    for e, v in enumerate(losses):
        if v < best - 1e-3:
            best, keep, waited = v, e, 0
        else:
            waited += 1
        if waited == patience:
            return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | keep is always patience epochs before the last
def early_stopping(losses, patience):
    best, waited = np.inf, 0
    for e, v in enumerate(losses):
        if v < best:
            best, waited = v, 0
        else:
            waited += 1
        if waited == patience:
            break
    return max(e - patience, 0), e


check("training.early_stopping", early_stopping)

# %% training.early_stopping | wrong | starts with best = 10
def early_stopping(losses, patience):
    lowest = 10
    keep = bad = 0
    for e in range(len(losses)):
        if losses[e] < lowest:
            lowest = losses[e]
            keep = e
            bad = 0
        else:
            bad += 1
            if bad >= patience:
                return keep, e
    return keep, len(losses) - 1


check("training.early_stopping", early_stopping)

# %% descent.adam_step | wrong | eps forgotten
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    return theta - lr * m_hat / np.sqrt(s_hat), m, s


check("descent.adam_step", adam_step)

# %% descent.adam_step | wrong | eps fixed at 1e-8
def adam_step(theta, m, s, grad, k, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * grad**2
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    return theta - lr * m_hat / (np.sqrt(s_hat) + 1e-8), m, s


check("descent.adam_step", adam_step)

# %% training.mini_batches | wrong | only rotates the order by a random number
def mini_batches(n, size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | shuffles only within each block
def mini_batches(n, size, rng):
    out = []
    for i in range(0, n, size):
        block = np.arange(i, min(i + size, n))
        rng.shuffle(block)
        out.append(block)
    return out


check("training.mini_batches", mini_batches)

# %% training.mini_batches | wrong | indices as floats
def mini_batches(n, size, rng):
    order = np.zeros(n)
    order[:] = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


check("training.mini_batches", mini_batches)

# %% training.mini_batches | right | a new generator, seeded by rng
def mini_batches(n, size, rng):
    mine = np.random.default_rng(rng.integers(2**32))
    order = mine.permuted(np.arange(n))
    return [b for b in (order[i : i + size] for i in range(0, n, size))]


check("training.mini_batches", mini_batches)

# %% training.loop | wrong | shuffles the caller's x and t in place
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        x[:], t[:] = x[order], t[order]
        for i in range(0, len(x), size):
            net.zero_grad()
            y, tape = net.forward(x[i : i + size], train=True)
            value, saved = loss.forward(y, t[i : i + size])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | losses multiplied by the batch size
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value * len(b))
    return losses


check("training.loop", train)

# %% training.loop | wrong | a list of losses for each epoch, nested
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        losses.append([])
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses[-1].append(value)
    return losses


check("training.loop", train)

# %% training.loop | wrong | returns the network too
def train(net, loss, x, t, lr, size, epochs, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), size):
            b = order[i : i + size]
            net.zero_grad()
            y, tape = net.forward(x[b], train=True)
            value, saved = loss.forward(y, t[b])
            net.backward(loss.backward(saved), tape)
            net.theta -= lr * net.grad
            losses.append(value)
    return net, losses


check("training.loop", train)

# %% training.loop | right | losses in an array filled step by step
def train(net, loss, x, t, lr, size, epochs, rng):
    per_epoch = -(-len(x) // size)
    losses = np.empty(epochs * per_epoch)
    for step in range(epochs * per_epoch):
        if step % per_epoch == 0:
            order = rng.permutation(len(x))
        b = order[step % per_epoch * size :][:size]
        net.zero_grad()
        y, tape = net.forward(x[b], train=True)
        losses[step], saved = loss.forward(y, t[b])
        net.backward(loss.backward(saved), tape)
        net.theta -= lr * net.grad
    return losses.tolist()


check("training.loop", train)

# %% training.rate_by_depth | right | a tuple
rates = 0.1, 0.3, 1, 3

check("training.rate_by_depth", rates)

# %% training.loss_at_start | wrong | log of k + 1
def loss_at_start(k):
    return np.log1p(k)


check("training.loss_at_start", loss_at_start)

# %% descent.momentum_step | right | namedtuple
from collections import namedtuple

Result = namedtuple("Result", "theta v")


def momentum_step(theta, v, grad, lr, beta):
    v = np.subtract(beta * v, lr * grad)
    return Result(theta=theta + v, v=v)


check("descent.momentum_step", momentum_step)
