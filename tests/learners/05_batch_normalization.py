# %% normalization.standardize | wrong | mean and variance over the row
def standardize(x):
    mean = x.mean(axis=1, keepdims=True)
    var = x.var(axis=1, keepdims=True)
    return (x - mean) / np.sqrt(var + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | eps added to the standard deviation
def standardize(x):
    return (x - x.mean(axis=0)) / (x.std(axis=0) + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | variance with n - 1, in other names
def standardize(batch):
    mu = np.mean(batch, axis=0)
    s2 = np.var(batch, axis=0, ddof=1)
    out = (batch - mu) / np.sqrt(s2 + eps)
    return out


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | no root, with intermediate names
def standardize(x):
    m = x.mean(0)
    v = ((x - m) ** 2).mean(0)
    return (x - m) / (v + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | precedence: only the mean is divided
def standardize(x):
    return x - x.mean(axis=0) / np.sqrt(x.var(axis=0) + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | statistics of the whole array
def standardize(x):
    return (x - np.mean(x)) / np.sqrt(np.var(x) + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | loop returns after the first feature
def standardize(x):
    y = np.zeros(x.shape)
    for j in range(x.shape[1]):
        y[:, j] = (x[:, j] - x[:, j].mean()) / np.sqrt(x[:, j].var() + eps)
        return y


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | second moment instead of variance
def standardize(x):
    var = (x**2).mean(axis=0)
    return (x - x.mean(axis=0)) / np.sqrt(var + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | writes into x, after which var is fine
def standardize(x):
    x -= x.mean(axis=0)
    x /= np.sqrt(x.var(axis=0) + eps)
    return x


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | epsilon outside the root, square root of var
def standardize(x):
    mean = x.mean(axis=0)
    std = np.sqrt(x.var(axis=0)) + np.sqrt(eps)
    return (x - mean) / std


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | eps of 1e-8, by habit
def standardize(x):
    epsilon = 1e-8
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | min-max scaling
def standardize(x):
    lo, hi = x.min(axis=0), x.max(axis=0)
    return (x - lo) / (hi - lo + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | forgets the mean when dividing feature loop
def standardize(x):
    y = x.copy()
    for j in range(len(x[0])):
        col = [row[j] for row in x]
        mean = sum(col) / len(col)
        var = sum((c - mean) ** 2 for c in col) / len(col)
        for i in range(len(x)):
            y[i, j] = x[i, j] / (var + eps) ** 0.5 - mean
    return y


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | prints the result
def standardize(x):
    print((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps))


check("normalization.standardize", standardize)

# %% normalization.standardize | wrong | number of columns for the number of rows
def standardize(x):
    d, n = x.shape
    mean = x.sum(axis=0) / n
    var = ((x - mean) ** 2).sum(axis=0) / n
    return (x - mean) / np.sqrt(var + eps)


check("normalization.standardize", standardize)

# %% normalization.standardize | right | plain loops, list of lists to array
def standardize(x):
    columns = []
    for col in x.T:
        n = len(col)
        mean = sum(col) / n
        var = sum((c - mean) ** 2 for c in col) / n
        columns.append([(c - mean) / (var + 1e-5) ** 0.5 for c in col])
    return np.array(columns).T


check("normalization.standardize", standardize)

# %% normalization.standardize | right | the library's layer in training
def standardize(x):
    return nn.BatchNorm(x.shape[1]).forward(x, train=True)[0]


check("normalization.standardize", standardize)

# %% normalization.standardize | right | einsum and a matrix of ones
def standardize(x):
    n = x.shape[0]
    mean = np.ones((1, n)) @ x / n
    c = x - mean
    var = np.einsum("ij,ij->j", c, c) / n
    return c * (var + eps) ** -0.5


check("normalization.standardize", standardize)

# %% normalization.standardize | right | apply_along_axis with a helper inside
def standardize(x):
    def one(col):
        return (col - np.mean(col)) / np.sqrt(np.var(col) + eps)

    return np.apply_along_axis(one, 0, x)


check("normalization.standardize", standardize)

# %% normalization.standardize | right | in place on a copy
def standardize(x):
    y = np.array(x, dtype=float)
    y -= y.mean(axis=0)
    y /= np.hypot(y.std(axis=0), np.sqrt(eps))
    return y


check("normalization.standardize", standardize)

# %% normalization.evaluate | wrong | the batch's statistics, not the given
def evaluate(x, gamma, beta, mean, var):
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | gamma and beta exchanged
def evaluate(x, gamma, beta, mean, var):
    return beta * (x - mean) / np.sqrt(var + eps) + gamma


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | shift before the scale
def evaluate(x, gamma, beta, mean, var):
    x_hat = (x - mean) / np.sqrt(var + eps)
    return gamma * (x_hat + beta)


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | no eps
def evaluate(x, gamma, beta, mean, var):
    return gamma * ((x - mean) / np.sqrt(var)) + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | var taken for a standard deviation
def evaluate(x, gamma, beta, mean, var):
    z = (x - mean) / (var + eps)
    y = z * gamma + beta
    return y


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | matrix product with gamma
def evaluate(x, gamma, beta, mean, var):
    return ((x - mean) / np.sqrt(var + eps)) @ gamma + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | bracket: beta is divided as well
def evaluate(x, gamma, beta, mean, var):
    return (gamma * (x - mean) + beta) / np.sqrt(var + eps)


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | eps outside of the root
def evaluate(x, gamma, beta, mean, var):
    return gamma * (x - mean) / (np.sqrt(var) + eps) + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | math.sqrt of an array
import math


def evaluate(x, gamma, beta, mean, var):
    return gamma * (x - mean) / math.sqrt(var + eps) + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | gamma shrinks the mean too
def evaluate(x, gamma, beta, mean, var):
    s = np.sqrt(var + eps)
    return gamma * x / s - mean / s + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | loop over rows with beta subtracted
def evaluate(x, gamma, beta, mean, var):
    rows = []
    for r in x:
        rows.append(gamma * (r - mean) / np.sqrt(var + eps) - beta)
    return np.array(rows)


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | only the first row
def evaluate(x, gamma, beta, mean, var):
    for row in x:
        return gamma * (row - mean) / np.sqrt(var + eps) + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | wrong | standardizes by itself once more
def evaluate(x, gamma, beta, mean, var):
    x_hat = (x - mean) / np.sqrt(var + eps)
    x_hat = x_hat - x_hat.mean(axis=0)
    return gamma * x_hat + beta


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | right | double loop
def evaluate(x, gamma, beta, mean, var):
    n, d = x.shape
    y = np.empty((n, d))
    for i in range(n):
        for j in range(d):
            y[i, j] = beta[j] + gamma[j] * (x[i, j] - mean[j]) / (var[j] + eps) ** 0.5
    return y


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | right | folded into one scale and one shift
def evaluate(x, gamma, beta, mean, var):
    a = gamma / np.sqrt(var + 1e-5)
    return x * a + (beta - a * mean)


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | right | the library's layer, filled in
def evaluate(x, gamma, beta, mean, var):
    layer = nn.BatchNorm(len(gamma))
    layer.gamma[:] = gamma
    layer.beta[:] = beta
    layer.running_mean[:] = mean
    layer.running_var[:] = var
    return layer(x)


check("normalization.evaluate", evaluate)

# %% normalization.evaluate | right | diagonal matrix
def evaluate(x, gamma, beta, mean, var):
    return (x - mean) @ np.diag(gamma / np.sqrt(var + eps)) + beta


check("normalization.evaluate", evaluate)

# %% normalization.running | wrong | m keeps the old (Keras)
def track(mean, var, x, m):
    return m * mean + (1 - m) * x.mean(0), m * var + (1 - m) * x.var(0, ddof=1)


check("normalization.running", track)

# %% normalization.running | wrong | variance divides by n
def track(mean, var, x, m):
    new_mean = (1 - m) * mean + m * x.mean(axis=0)
    new_var = (1 - m) * var + m * x.var(axis=0)
    return new_mean, new_var


check("normalization.running", track)

# %% normalization.running | wrong | correction turned over
def track(mean, var, x, m):
    n = len(x)
    batch_var = x.var(axis=0) * (n - 1) / n
    return mean + m * (x.mean(axis=0) - mean), var + m * (batch_var - var)


check("normalization.running", track)

# %% normalization.running | wrong | correction applied to the old variance too
def track(mean, var, x, m):
    n = x.shape[0]
    mu = (1 - m) * mean + m * x.mean(axis=0)
    v = ((1 - m) * var + m * x.var(axis=0)) * n / (n - 1)
    return mu, v


check("normalization.running", track)

# %% normalization.running | wrong | writes into mean and var
def track(mean, var, x, m):
    mean += m * (x.mean(axis=0) - mean)
    var += m * (x.var(axis=0, ddof=1) - var)
    return mean, var


check("normalization.running", track)

# %% normalization.running | wrong | n - 1 also in the mean
def track(mean, var, x, m):
    n = len(x)
    bm = x.sum(axis=0) / (n - 1)
    bv = ((x - x.mean(axis=0)) ** 2).sum(axis=0) / (n - 1)
    return (1 - m) * mean + m * bm, (1 - m) * var + m * bv


check("normalization.running", track)

# %% normalization.running | wrong | deviations from the running mean
def track(mean, var, x, m):
    n = len(x)
    new_mean = (1 - m) * mean + m * x.mean(axis=0)
    s2 = ((x - mean) ** 2).sum(axis=0) / (n - 1)
    return new_mean, (1 - m) * var + m * s2


check("normalization.running", track)

# %% normalization.running | wrong | deviations from the new running mean
def track(mean, var, x, m):
    n = len(x)
    mean = (1 - m) * mean + m * x.mean(axis=0)
    s2 = ((x - mean) ** 2).sum(axis=0) / (n - 1)
    var = (1 - m) * var + m * s2
    return mean, var


check("normalization.running", track)

# %% normalization.running | wrong | forgets (1 - m) at the mean
def track(mean, var, x, m):
    return mean + m * x.mean(axis=0), (1 - m) * var + m * x.var(axis=0, ddof=1)


check("normalization.running", track)

# %% normalization.running | wrong | the standard deviation averaged and squared
def track(mean, var, x, m):
    mean = (1 - m) * mean + m * x.mean(axis=0)
    std = (1 - m) * np.sqrt(var) + m * x.std(axis=0, ddof=1)
    return mean, std**2


check("normalization.running", track)

# %% normalization.running | wrong | m fixed to 0.1
def track(mean, var, x, m=0.1):
    m = 0.1
    return mean * (1 - m) + x.mean(0) * m, var * (1 - m) + x.var(0, ddof=1) * m


check("normalization.running", track)

# %% normalization.running | wrong | variance first, mean second
def track(mean, var, x, m):
    new_mean = mean + (x.mean(axis=0) - mean) * m
    new_var = var + (x.var(axis=0, ddof=1) - var) * m
    return new_var, new_mean


check("normalization.running", track)

# %% normalization.running | wrong | the difference has the wrong sign
def track(mean, var, x, m):
    return mean - m * (x.mean(0) - mean), var - m * (x.var(0, ddof=1) - var)


check("normalization.running", track)

# %% normalization.running | wrong | only the mean is returned
def track(mean, var, x, m):
    mean2 = (1 - m) * mean + m * np.mean(x, axis=0)
    var2 = (1 - m) * var + m * np.var(x, axis=0, ddof=1)
    return mean2


check("normalization.running", track)

# %% normalization.running | wrong | square of the sum for the variance
def track(mean, var, x, m):
    n = len(x)
    b = x.mean(axis=0)
    s2 = (x**2).sum(axis=0) / (n - 1) - b**2
    return (1 - m) * mean + m * b, (1 - m) * var + m * s2


check("normalization.running", track)

# %% normalization.running | right | a list of two, by np.cov
def track(mean, var, x, m):
    s2 = np.diag(np.atleast_2d(np.cov(x, rowvar=False)))
    return [mean + m * (x.mean(axis=0) - mean), var + m * (s2 - var)]


check("normalization.running", track)

# %% normalization.running | right | statistics.variance column by column
import statistics


def track(mean, var, x, m):
    mu = np.array([statistics.fmean(c) for c in x.T.tolist()])
    s2 = np.array([statistics.variance(c) for c in x.T.tolist()])
    return (1 - m) * mean + m * mu, (1 - m) * var + m * s2


check("normalization.running", track)

# %% normalization.running | right | in place on copies
def track(mean, var, x, m):
    mean, var = mean.copy(), var.copy()
    n = len(x)
    for j in range(x.shape[1]):
        b = x[:, j].sum() / n
        mean[j] += m * (b - mean[j])
        var[j] += m * (((x[:, j] - b) ** 2).sum() / (n - 1) - var[j])
    return mean, var


check("normalization.running", track)

# %% normalization.running | right | np.stack of the two
def track(mean, var, x, m):
    old = np.stack([mean, var])
    new = np.stack([x.mean(axis=0), x.var(axis=0, ddof=1)])
    return (1 - m) * old + m * new


check("normalization.running", track)

# %% normalization.gamma_beta | wrong | x in place of the standardized x
def gamma_beta(dy, x):
    return (dy * x).sum(axis=0), dy.sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | means for sums
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return (dy * x_hat).mean(axis=0), dy.mean(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | the two exchanged
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return dy.sum(axis=0), (dy * x_hat).sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | no sum over the batch
def gamma_beta(dy, x):
    z = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    dgamma = dy * z
    dbeta = dy
    return dgamma, dbeta


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | matrix product x_hat.T dy
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return x_hat.T @ dy, dy.sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | summed over features
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return np.sum(dy * x_hat, axis=1), np.sum(dy, axis=1)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | only centered, not divided
def gamma_beta(dy, x):
    c = x - x.mean(axis=0)
    return (dy * c).sum(0), dy.sum(0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | beta's gradient is a count of rows
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return (dy * x_hat).sum(axis=0), np.ones(x.shape[1]) * len(x)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | product of two sums
def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return dy.sum(axis=0) * x_hat.sum(axis=0), dy.sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | standardize not defined in this cell
def gamma_beta(dy, x):
    x_hat = standardise(x)
    return (dy * x_hat).sum(axis=0), dy.sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | ddof=1 and loop
def gamma_beta(dy, x):
    n, d = x.shape
    dg, db = np.zeros(d), np.zeros(d)
    for j in range(d):
        s = np.sqrt(x[:, j].var(ddof=1) + eps)
        for i in range(n):
            dg[j] += dy[i, j] * (x[i, j] - x[:, j].mean()) / s
            db[j] += dy[i, j]
    return dg, db


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | last row overwrites, = for +=
def gamma_beta(dy, x):
    n, d = x.shape
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    dg, db = np.zeros(d), np.zeros(d)
    for i in range(n):
        dg = dy[i] * x_hat[i]
        db = dy[i]
    return dg, db


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | wrong | standardizes the gradient instead
def gamma_beta(dy, x):
    d_hat = (dy - dy.mean(axis=0)) / np.sqrt(dy.var(axis=0) + eps)
    return (d_hat * x).sum(axis=0), dy.sum(axis=0)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | right | einsum and dot with ones
def gamma_beta(dy, x):
    xh = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return np.einsum("nd,nd->d", dy, xh), np.ones(len(dy)) @ dy


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | right | diagonal of the matrix product
def gamma_beta(dy, x):
    xh = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return np.diag(xh.T @ dy), sum(dy)


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | right | library's layer, own backward
def gamma_beta(dy, x):
    bn = nn.BatchNorm(x.shape[1])
    _, saved = bn.forward(x, train=True)
    bn.backward(dy, saved)
    return [bn.dgamma, bn.dbeta]


check("normalization.gamma_beta", gamma_beta)

# %% normalization.gamma_beta | right | lists from comprehensions
def gamma_beta(dy, x):
    d = x.shape[1]
    m, s = x.mean(axis=0), np.sqrt(x.var(axis=0) + eps)
    dg = np.array([sum(g * (a - m[j]) / s[j] for g, a in zip(dy[:, j], x[:, j])) for j in range(d)])
    return dg, np.array([sum(dy[:, j]) for j in range(d)])


check("normalization.gamma_beta", gamma_beta)

# %% normalization.backward | wrong | mean and variance as constants
def backward(dy, x, gamma):
    return gamma * dy / np.sqrt(x.var(axis=0) + eps)


check("normalization.backward", backward)

# %% normalization.backward | wrong | way through the variance left out
def backward(dy, x, gamma):
    inv = 1 / np.sqrt(x.var(axis=0) + eps)
    return gamma * inv * (dy - dy.mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | way through the mean left out
def backward(dy, x, gamma):
    inv = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * inv
    return gamma * inv * (dy - x_hat * (dy * x_hat).mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | gamma forgotten
def backward(dy, x, gamma):
    n = len(x)
    inv = 1 / np.sqrt(x.var(axis=0) + eps)
    xh = (x - x.mean(axis=0)) * inv
    dx = inv / n * (n * dy - dy.sum(axis=0) - xh * (dy * xh).sum(axis=0))
    return dx


check("normalization.backward", backward)

# %% normalization.backward | wrong | sums for means
def backward(dy, x, gamma):
    inv = 1 / np.sqrt(x.var(axis=0) + eps)
    xh = (x - x.mean(axis=0)) * inv
    return gamma * inv * (dy - dy.sum(axis=0) - xh * (dy * xh).sum(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | divides by n once more
def backward(dy, x, gamma):
    n = len(x)
    std = np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) / std
    d_hat = dy * gamma
    return (d_hat - d_hat.mean(axis=0) - x_hat * (d_hat * x_hat).mean(axis=0)) / std / n


check("normalization.backward", backward)

# %% normalization.backward | wrong | step by step; factor 2 of the square missing
def backward(dy, x, gamma):
    n = x.shape[0]
    mu, var = x.mean(axis=0), x.var(axis=0)
    dxhat = dy * gamma
    dvar = np.sum(dxhat * (x - mu) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmu = np.sum(-dxhat / np.sqrt(var + eps), axis=0)
    return dxhat / np.sqrt(var + eps) + dvar * (x - mu) / n + dmu / n


check("normalization.backward", backward)

# %% normalization.backward | wrong | step by step; dmu without 1/n
def backward(dy, x, gamma):
    n = x.shape[0]
    mu, var = x.mean(axis=0), x.var(axis=0)
    dxhat = dy * gamma
    dvar = np.sum(dxhat * (x - mu) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmu = np.sum(-dxhat / np.sqrt(var + eps), axis=0)
    return dxhat / np.sqrt(var + eps) + dvar * 2 * (x - mu) / n + dmu


check("normalization.backward", backward)

# %% normalization.backward | wrong | exponent -1/2 in dvar for -3/2
def backward(dy, x, gamma):
    n = x.shape[0]
    mu, var = x.mean(axis=0), x.var(axis=0)
    g = dy * gamma
    dvar = np.sum(g * (x - mu) * -0.5 * (var + eps) ** -0.5, axis=0)
    dmu = np.sum(-g / np.sqrt(var + eps), axis=0)
    return g / np.sqrt(var + eps) + dvar * 2 * (x - mu) / n + dmu / n


check("normalization.backward", backward)

# %% normalization.backward | wrong | variance's share added, not subtracted
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    return gamma / s * (dy - dy.mean(axis=0) + h * (dy * h).mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | means over the features
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    g = gamma * dy
    return (g - g.mean(1, keepdims=True) - h * (g * h).mean(1, keepdims=True)) / s


check("normalization.backward", backward)

# %% normalization.backward | wrong | product of means, not mean of product
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    return gamma / s * (dy - dy.mean(axis=0) - h * dy.mean(axis=0) * h.mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | multiplied by the root
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    return gamma * s * (dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | x where x-hat belongs in the last term
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    return gamma / s * (dy - dy.mean(axis=0) - x * (dy * h).mean(axis=0))


check("normalization.backward", backward)

# %% normalization.backward | wrong | n - 1 in the means of the correction
def backward(dy, x, gamma):
    n = len(x)
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    out = np.zeros_like(x)
    for i in range(n):
        out[i] = gamma / s * (dy[i] - dy.mean(axis=0) - h[i] * (dy * h).sum(axis=0) / (n - 1))
    return out


check("normalization.backward", backward)

# %% normalization.backward | wrong | returns three gradients
def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + eps)
    h = (x - x.mean(axis=0)) / s
    dgamma = (dy * h).sum(axis=0)
    dbeta = dy.sum(axis=0)
    dx = gamma / s * (dy - dbeta / len(x) - h * dgamma / len(x))
    return dx, dgamma, dbeta


check("normalization.backward", backward)

# %% normalization.backward | right | the six equations of the paper
def backward(dy, x, gamma):
    m = x.shape[0]
    mu, var = x.mean(axis=0), x.var(axis=0)
    dxhat = dy * gamma
    dvar = np.sum(dxhat * (x - mu), axis=0) * -0.5 * (var + eps) ** -1.5
    dmu = -np.sum(dxhat, axis=0) / np.sqrt(var + eps) + dvar * np.mean(-2 * (x - mu), axis=0)
    return dxhat / np.sqrt(var + eps) + dvar * 2 * (x - mu) / m + dmu / m


check("normalization.backward", backward)

# %% normalization.backward | right | a Jacobian for each feature
def backward(dy, x, gamma):
    n, d = x.shape
    out = np.zeros((n, d))
    for j in range(d):
        s = np.sqrt(x[:, j].var() + eps)
        h = (x[:, j] - x[:, j].mean()) / s
        J = (np.eye(n) - 1 / n - np.outer(h, h) / n) / s
        out[:, j] = gamma[j] * (J @ dy[:, j])
    return out


check("normalization.backward", backward)

# %% normalization.backward | right | the library's layer
def backward(dy, x, gamma):
    bn = nn.BatchNorm(len(gamma), eps=eps)
    bn.gamma[...] = gamma
    return bn.backward(dy, bn.forward(x, True)[1])


check("normalization.backward", backward)

# %% normalization.backward | right | computation graph, backwards by hand
def backward(dy, x, gamma):
    n = len(x)
    c = x - x.mean(axis=0)
    var = (c**2).mean(axis=0)
    root = np.sqrt(var + eps)
    inv = 1 / root
    dxh = dy * gamma
    dinv = (dxh * c).sum(axis=0)
    dc = dxh * inv
    droot = -dinv / root**2
    dvar = droot / (2 * root)
    dc = dc + 2 * c * dvar / n
    return dc - dc.sum(axis=0) / n


check("normalization.backward", backward)

# %% normalization.length | wrong | the gradient doubles with W
factor = 2

check("normalization.length", factor)

# %% normalization.length | wrong | output unchanged, so the gradient too
factor = 1

check("normalization.length", factor)

# %% normalization.length | wrong | the square, a quarter
factor = 1 / 4

check("normalization.length", factor)

# %% normalization.length | wrong | no change of the output, so no gradient
factor = 0

check("normalization.length", factor)

# %% normalization.length | wrong | quadratic growth
factor = 4.0

check("normalization.length", factor)

# %% normalization.length | wrong | root: 1 / sqrt(2)
factor = 1 / np.sqrt(2)

check("normalization.length", factor)

# %% normalization.length | wrong | sign: minus a half
factor = -0.5

check("normalization.length", factor)

# %% normalization.length | wrong | square root of two
factor = 2**0.5

check("normalization.length", factor)

# %% normalization.length | wrong | integer division
factor = 1 // 2

check("normalization.length", factor)

# %% normalization.length | wrong | caret for a power
factor = 2 ^ -1

check("normalization.length", factor)

# %% normalization.length | wrong | in words
factor = "stays the same"

check("normalization.length", factor)

# %% normalization.length | right | a Fraction
from fractions import Fraction

factor = Fraction(1, 2)

check("normalization.length", factor)

# %% normalization.length | right | power
factor = 2**-1

check("normalization.length", factor)

# %% normalization.length | right | measured by differences
rng = np.random.default_rng(0)
x, g = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
W = rng.normal(size=(2, 3))


def slope(W):
    def loss(W):
        u = x @ W.T
        return (g * (u - u.mean(0)) / u.std(0)).sum()

    d = np.zeros_like(W)
    d[0, 0] = 1e-5
    return (loss(W + d) - loss(W - d)) / 2e-5


factor = slope(2 * W) / slope(W)

check("normalization.length", factor)

# %% normalization.length | right | a numpy scalar
factor = np.float32(0.5)

check("normalization.length", factor)

# %% normalization.rates | wrong | no effect
raised_by = 1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the rate itself with batch norm, 0.1 without
raised_by = 0.1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the other way round
raised_by = 0.01

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | steps on the scale: two
raised_by = 2

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | lists both rates
raised_by = (0.1, 10)

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the whole range of the rates
raised_by = 1000

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the difference of the rates 1 - 0.1
raised_by = 1 - 0.1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the difference of the rates 10 - 0.1
raised_by = 10 - 0.1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | the power of ten
raised_by = -1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | as a text with unit
raised_by = "five times"

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | depth 8 as a factor
raised_by = 8

check("normalization.rates", raised_by)

# %% normalization.rates | right | counted by a program
def best(norm):
    return max(lr for lr in [0.01, 0.1, 1.0, 10.0] if learned(8, "relu", lr, norm)[1] > 0.4)


raised_by = best("batch") / best("none")

check("normalization.rates", raised_by)

# %% normalization.rates | right | an int
raised_by = 10

check("normalization.rates", raised_by)

# %% normalization.rates | right | a power, as float
raised_by = 10.0**1

check("normalization.rates", raised_by)

# %% normalization.rates | wrong | two powers of ten
raised_by = 10**2

check("normalization.rates", raised_by)

# %% normalization.layer | wrong | track's m the other way round
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        if train:
            mean, var = x.mean(axis=0), x.var(axis=0)
        else:
            mean, var = self.running_mean, self.running_var
        s = np.sqrt(var + eps)
        h = (x - mean) / s
        return self.gamma * h + self.beta, (h, s, mean, var, train)

    def backward(self, dy, saved):
        h, s, mean, var, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if not train:
            return self.gamma * dy / s
        return self.gamma / s * (dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0))

    def track(self, saved):
        h, s, mean, var, train = saved
        if train:
            n = len(h)
            m = 0.1
            self.running_mean[...] = m * self.running_mean + (1 - m) * mean
            self.running_var[...] = m * self.running_var + (1 - m) * var * n / (n - 1)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | the eval backward is that of training
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, *_ = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        return self.gamma / std * (dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0))

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | gradients set, not added
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma[...] = (dy * h).sum(axis=0)
        self.dbeta[...] = dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | gradients replaced by new arrays
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma = self.dgamma + (dy * h).sum(axis=0)
        self.dbeta = self.dbeta + dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | forward moves the running averages
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        if train:
            mean, var = x.mean(axis=0), x.var(axis=0)
            n = len(x)
            self.running_mean += 0.1 * (mean - self.running_mean)
            if n > 1:
                self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, train)

    def backward(self, dy, saved):
        h, std, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        pass


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | track also after evaluation
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, x, train)

    def backward(self, dy, saved):
        h, std, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        x = saved[2]
        if len(x) > 1:
            self.running_mean += 0.1 * (x.mean(axis=0) - self.running_mean)
            self.running_var += 0.1 * (x.var(axis=0, ddof=1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | running variance divides by n
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        _, _, mean, var, train = saved
        if train:
            self.running_mean = 0.9 * self.running_mean + 0.1 * mean
            self.running_var = 0.9 * self.running_var + 0.1 * var


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | keeps x on the layer, saved ignored
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        self.train = train
        self.mean = x.mean(axis=0) if train else self.running_mean
        self.var = x.var(axis=0) if train else self.running_var
        self.std = np.sqrt(self.var + eps)
        self.h = (x - self.mean) / self.std
        return self.gamma * self.h + self.beta, None

    def backward(self, dy, saved):
        self.dgamma += (dy * self.h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if self.train:
            dy = dy - dy.mean(axis=0) - self.h * (dy * self.h).mean(axis=0)
        return self.gamma / self.std * dy

    def track(self, saved):
        n = len(self.h)
        if self.train and n > 1:
            self.running_mean += 0.1 * (self.mean - self.running_mean)
            self.running_var += 0.1 * (self.var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | mean and variance as constants in training
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        inv = (var + eps) ** -0.5
        h = (x - mean) * inv
        return h * self.gamma + self.beta, (h, inv, mean, var, train)

    def backward(self, dy, saved):
        h, inv = saved[:2]
        self.dgamma += np.einsum("ij,ij->j", dy, h)
        self.dbeta += np.einsum("ij->j", dy)
        return self.gamma * inv * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | gamma and beta forgotten in forward
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return h, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return dy / std

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | track left empty
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, train)

    def backward(self, dy, saved):
        h, std, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved): ...


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | backward writes into dy
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        dgamma, dbeta = (dy * h).sum(axis=0), dy.sum(axis=0)
        self.dgamma += dgamma
        self.dbeta += dbeta
        if train:
            dy -= dbeta / len(dy) + h * dgamma / len(dy)
        dy *= self.gamma / std
        return dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | batch statistics in evaluation, too
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        return self.gamma / std * (dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0))

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | hands in an instance of the library's layer
check("normalization.layer", nn.BatchNorm(4))

# %% normalization.layer | wrong | dgamma before the sum, shape of a batch
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        if train == True:
            mean, var = x.mean(axis=0), x.var(axis=0)
        else:
            mean, var = self.running_mean, self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += dy * h
        self.dbeta += dy
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | a dict as saved, helper methods, extra attributes
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d, m=0.1):
        self.d_in = self.d_out = d
        self.m = m
        self.calls = []
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def _stats(self, x, train):
        return (x.mean(axis=0), x.var(axis=0)) if train else (self.running_mean, self.running_var)

    def forward(self, x, train=False):
        mean, var = self._stats(x, train)
        inv = 1 / np.sqrt(var + eps)
        h = (x - mean) * inv
        return self.gamma * h + self.beta, {"h": h, "inv": inv, "x": x.copy(), "train": train}

    def backward(self, dy, saved):
        h, inv = saved["h"], saved["inv"]
        self.dgamma += np.einsum("nd,nd->d", dy, h)
        self.dbeta += np.einsum("nd->d", dy)
        g = self.gamma * dy
        if saved["train"]:
            g = g - g.mean(axis=0) - h * (g * h).mean(axis=0)
        return g * inv

    def track(self, saved):
        if not saved["train"]:
            return
        x = saved["x"]
        self.running_mean += self.m * (x.mean(axis=0) - self.running_mean)
        if len(x) > 1:
            self.running_var += self.m * (x.var(axis=0, ddof=1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | running averages replaced by new arrays
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean = 0.9 * self.running_mean + 0.1 * mean
            self.running_var = 0.9 * self.running_var + 0.1 * var * n / (n - 1)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | a list as saved, loops over features
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        n, d = x.shape
        y, h = np.zeros(x.shape), np.zeros(x.shape)
        s, stats = np.zeros(d), []
        for j in range(d):
            mean, var = self.running_mean[j], self.running_var[j]
            if train:
                mean, var = np.mean(x[:, j]), np.var(x[:, j])
            stats.append((mean, var))
            s[j] = (var + eps) ** 0.5
            h[:, j] = (x[:, j] - mean) / s[j]
            y[:, j] = self.gamma[j] * h[:, j] + self.beta[j]
        return y, [h, s, stats, train]

    def backward(self, dy, saved):
        h, s, stats, train = saved
        n, d = h.shape
        dx = np.zeros((n, d))
        for j in range(d):
            a, b = (dy[:, j] * h[:, j]).sum(), dy[:, j].sum()
            self.dgamma[j] += a
            self.dbeta[j] += b
            inner = dy[:, j] - b / n - h[:, j] * a / n if train else dy[:, j]
            dx[:, j] = self.gamma[j] / s[j] * inner
        return dx

    def track(self, saved):
        h, s, stats, train = saved
        n = len(h)
        if train:
            for j, (mean, var) in enumerate(stats):
                self.running_mean[j] = 0.9 * self.running_mean[j] + 0.1 * mean
                if n > 1:
                    self.running_var[j] = 0.9 * self.running_var[j] + 0.1 * var * n / (n - 1)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | a subclass of the library's BatchNorm
class MyBatchNorm(nn.BatchNorm):
    def __init__(self, d):
        super().__init__(d, momentum=0.1, eps=eps)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | buffers not named
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | beta is not among the parameters
class MyBatchNorm(nn.Layer):
    params = ("gamma",)
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d))
        self.beta, self.dbeta = np.zeros(d), np.zeros(d)
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | eps of 1e-3, as in Keras
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + 1e-3)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | gamma forgotten in evaluation backward
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
            return self.gamma / std * dy
        return dy / std

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | no guard for a batch of one row
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | track moves the variance by deviations from the old mean
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, x, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, x, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (((x - self.running_mean) ** 2).sum(axis=0) / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | m = 0.01
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.01 * (mean - self.running_mean)
            self.running_var += 0.01 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | evaluation gradient of gamma and beta is not added
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        if train:
            self.dgamma += (dy * h).sum(axis=0)
            self.dbeta += dy.sum(axis=0)
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | track mixes up mean and var
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, var, mean, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | saves a view: whether it trains is read from the layer
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        self.training = train
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if self.training:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if self.training and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | forward subtracts in place
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        x -= mean
        h = x / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - dy.mean(axis=0) - h * (dy * h).mean(axis=0)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | wrong | the mean gradient taken after dbeta has collected
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            dy = dy - self.dbeta / len(h) - h * self.dgamma / len(h)
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)

# %% normalization.layer | right | np.moveaxis-free, sums divided by n, formula of the paper
class MyBatchNorm(nn.Layer):
    params = ("gamma", "beta")
    buffers = ("running_mean", "running_var")

    def __init__(self, d):
        self.d_in = self.d_out = d
        self.start(gamma=np.ones(d), beta=np.zeros(d))
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, x, train=False):
        mean = x.mean(axis=0) if train else self.running_mean
        var = x.var(axis=0) if train else self.running_var
        std = np.sqrt(var + eps)
        h = (x - mean) / std
        return self.gamma * h + self.beta, (h, std, mean, var, train)

    def backward(self, dy, saved):
        h, std, _, _, train = saved
        self.dgamma += (dy * h).sum(axis=0)
        self.dbeta += dy.sum(axis=0)
        if train:
            n = len(dy)
            dy = (n * dy - sum(dy) - h * sum(dy * h)) / n
        return self.gamma / std * dy

    def track(self, saved):
        h, _, mean, var, train = saved
        n = len(h)
        if train and n > 1:
            self.running_mean += 0.1 * (mean - self.running_mean)
            self.running_var += 0.1 * (var * n / (n - 1) - self.running_var)


check("normalization.layer", MyBatchNorm)
