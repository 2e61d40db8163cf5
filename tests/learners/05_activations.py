# %% activations.relu_slope | wrong | slope 1 at the corner
def relu_slope(u):
    return np.where(u >= 0, 1.0, 0.0)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | one half at the corner, by the sign
def relu_slope(u):
    return (1 + np.sign(u)) / 2


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | the function itself, not its slope
def relu_slope(u):
    return np.maximum(u, 0)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | u over itself: nan at zero and negative too 1
def relu_slope(u):
    return u / u


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | relu over u: nan at the corner
def relu_slope(u):
    z = np.maximum(u, 0)
    slope = z / u
    return slope


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | minus one on the left, slope of the absolute value
def relu_slope(u):
    out = np.ones_like(u)
    out[u < 0] = -1
    out[u == 0] = 0
    return out


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | one on the wrong side
def relu_slope(u):
    return (u < 0).astype(float)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | if on an array
def relu_slope(u):
    if u > 0:
        return 1
    else:
        return 0


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | one number for all: any entry positive
def relu_slope(u):
    if np.any(u > 0):
        return 1.0
    return 0.0


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | rounds slopes through minimum: entries between 0 and 1 stay
def relu_slope(u):
    return np.clip(u, 0, 1)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | rounds up u, so that it is right only from below
def relu_slope(u):
    s = np.zeros(u.shape)
    for i in np.ndindex(u.shape):
        s[i] = 1.0 if int(u[i]) > 0 else 0.0
    return s


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | central difference: one half at the corner
def relu_slope(u):
    h = 1e-6
    return (np.maximum(u + h, 0) - np.maximum(u - h, 0)) / (2 * h)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | a leak on the left
def relu_slope(u):
    return np.where(u > 0, 1, 0.01)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | overwrites its input
def relu_slope(u):
    u[u > 0] = 1
    u[u <= 0] = 0
    return u


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | prints and returns nothing
def relu_slope(u):
    print((u > 0) * 1.0)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | returns after the first entry
def relu_slope(u):
    s = np.zeros_like(u)
    for i, v in np.ndenumerate(u):
        if v > 0:
            s[i] = 1
        return s


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | slope of the sigmoid
def relu_slope(u):
    s = 1 / (1 + np.exp(-u))
    return s * (1 - s)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | heaviside
def relu_slope(u):
    return np.heaviside(u, 0)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | wrong | backward difference: wrong close to the corner, rounding elsewhere
def relu_slope(u):
    h = 1e-2
    return (np.maximum(u, 0) - np.maximum(u - h, 0)) / h


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | sign and floor division
def relu_slope(eingabe):
    return (np.sign(eingabe) + 1) // 2


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | sign of the relu
def relu_slope(u):
    return np.sign(np.maximum(u, 0))


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | one minus the mask of the rest, whole numbers
def relu_slope(u):
    return 1 - (u <= 0).astype(int)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | a loop over all indices, float32
def relu_slope(u):
    u = np.asarray(u)
    out = np.zeros(u.shape, dtype=np.float32)
    for i in np.ndindex(*u.shape):
        if u[i] > 0:
            out[i] = 1
    return out


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | the library's own, a lambda
relu_slope = lambda u: nn.relu.df(u)


check("activations.relu_slope", relu_slope)

# %% activations.relu_slope | right | vectorize
def relu_slope(u):
    one = np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])
    return one(u)


check("activations.relu_slope", relu_slope)

# %% activations.softplus | wrong | as it stands
def softplus(u):
    return np.log(1 + np.exp(u))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | log1p, but overflow at 1000
def softplus(u):
    return np.log1p(np.exp(u))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | safe on the right, rounds to 0 at the left
def softplus(u):
    return np.maximum(u, 0) + np.log(1 + np.exp(-np.abs(u)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | the exponent clipped: wrong at 1000
def softplus(u):
    return np.log1p(np.exp(np.clip(u, -500, 500)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | cut too early: u itself from 5 on
def softplus(u):
    big = u > 5
    v = np.where(big, 0, u)
    return np.where(big, u, np.log1p(np.exp(v)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | u + log1p(exp(-u)): overflow and cancellation on the left
def softplus(u):
    return u + np.log1p(np.exp(-u))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | zero from -30 down
def softplus(u):
    r = np.logaddexp(0, u)
    r = np.where(u < -30, 0.0, r)
    return r


check("activations.softplus", softplus)

# %% activations.softplus | wrong | logarithm to base two
def softplus(u):
    return np.logaddexp2(0, u)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | relu in its place
def softplus(u):
    return np.maximum(u, 0.0)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | the sigmoid, softplus's slope
def softplus(u):
    e = np.exp(-np.abs(u))
    return np.where(u >= 0, 1 / (1 + e), e / (1 + e))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | logaddexp of 1 instead of 0
def softplus(u):
    return np.logaddexp(1, u)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | missing the minus in the exponent
def softplus(u):
    return np.maximum(u, 0) + np.log1p(np.exp(np.abs(u)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | min instead of max
def softplus(u):
    a = np.abs(u)
    return np.minimum(u, 0) + np.log1p(np.exp(-a))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | subtracts the correction
def softplus(u):
    rest = np.log1p(np.exp(-abs(u)))
    return np.maximum(u, 0) - rest


check("activations.softplus", softplus)

# %% activations.softplus | wrong | nan cleaned afterwards with a fixed number
def softplus(u):
    z = np.log1p(np.exp(u))
    return np.nan_to_num(z, posinf=1000.0)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | math functions of an array
import math


def softplus(u):
    return max(u, 0) + math.log1p(math.exp(-abs(u)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | nothing returned
def softplus(u):
    z = np.logaddexp(0, u)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | log in base ten
def softplus(u):
    return np.maximum(u, 0) + np.log10(1 + np.exp(-np.abs(u)))


check("activations.softplus", softplus)

# %% activations.softplus | wrong | through the sigmoid: 1 - 4e-18 rounds
def softplus(u):
    s = 1 / (1 + np.exp(u))
    return -np.log(s)


check("activations.softplus", softplus)

# %% activations.softplus | wrong | linear from 0 to the right by a series
def softplus(u):
    e = np.exp(-np.abs(u))
    return np.maximum(u, 0) + e - e**2 / 2


check("activations.softplus", softplus)

# %% activations.softplus | wrong | the limit: u beyond 709 unchanged, else naive
def softplus(u):
    out = np.array(u, dtype=float)
    ok = u < 709
    out[ok] = np.log(1 + np.exp(u[ok]))
    return out


check("activations.softplus", softplus)

# %% activations.softplus | right | logaddexp
def softplus(u):
    return np.logaddexp(u, 0)


check("activations.softplus", softplus)

# %% activations.softplus | right | a loop with math, by entry
import math


def softplus(u):
    u = np.asarray(u, dtype=float)
    out = np.empty(u.shape)
    for i in np.ndindex(u.shape):
        v = float(u[i])
        out[i] = v + math.log1p(math.exp(-v)) if v > 0 else math.log1p(math.exp(v))
    return out


check("activations.softplus", softplus)

# %% activations.softplus | right | half of u and |u|
def softplus(u):
    return (u + np.abs(u)) / 2 + np.log1p(np.exp(-np.abs(u)))


check("activations.softplus", softplus)

# %% activations.softplus | right | masks, each side its own formula
def softplus(u):
    z = np.array(u, dtype=float)
    left = z < 0
    z[left] = np.log1p(np.exp(z[left]))
    z[~left] = z[~left] + np.log1p(np.exp(-z[~left]))
    return z


check("activations.softplus", softplus)

# %% activations.softplus | right | the library's
def softplus(u):
    return nn.softplus.f(u)


check("activations.softplus", softplus)

# %% activations.softplus | right | above 36 the rest is below rounding
def softplus(u):
    small = np.minimum(u, 36)
    return np.where(u > 36, u, np.log1p(np.exp(small)))


check("activations.softplus", softplus)

# %% activations.softplus | right | longdouble inside
def softplus(u):
    v = np.asarray(u).astype(np.longdouble)
    return (np.maximum(v, 0) + np.log1p(np.exp(-np.abs(v)))).astype(float)


check("activations.softplus", softplus)

# %% activations.rms_slope | wrong | no root
def rms_slope(df, spread):
    u = spread * np.random.default_rng(0).standard_normal(1_000_000)
    return np.mean(df(u) ** 2)


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | root of the mean, without the square
def rms_slope(df, spread):
    u = np.random.default_rng(1).normal(0, spread, 1_000_000)
    return np.sqrt(np.mean(df(u)))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | mean of the absolute slope
def rms_slope(df, spread):
    u = np.random.default_rng(1).normal(0, spread, 1_000_000)
    return np.mean(np.abs(df(u)))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | spread taken for the variance
def rms_slope(df, spread):
    u = np.random.default_rng(1).normal(0, np.sqrt(spread), 1_000_000)
    return np.sqrt(np.mean(df(u) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | spread ignored
def rms_slope(df, spread):
    z = np.random.default_rng(3).standard_normal(1_000_000)
    return float(np.sqrt(np.mean(df(z) ** 2)))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | a uniform in place of the Gaussian
def rms_slope(df, spread):
    u = np.random.default_rng(3).uniform(-spread, spread, 1_000_000)
    return np.sqrt((df(u) ** 2).mean())


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | too few samples for one percent
def rms_slope(df, spread):
    u = np.random.default_rng().normal(0, spread, 100)
    return np.sqrt((df(u) ** 2).mean())


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | spread squared as standard deviation
def rms_slope(df, spread):
    u = np.random.default_rng(2).normal(0, spread**2, 1_000_000)
    return np.sqrt(np.mean(np.square(df(u))))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | standard deviation of the slope
def rms_slope(df, spread):
    u = np.random.default_rng(2).normal(0, spread, 1_000_000)
    return np.std(df(u))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | the slope at one point, u = spread
def rms_slope(df, spread):
    return np.sqrt(df(np.array([spread])) ** 2)[0]


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | the largest slope
def rms_slope(df, spread):
    u = np.linspace(-4 * spread, 4 * spread, 10_001)
    return np.max(np.abs(df(u)))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | grid without the density
def rms_slope(df, spread):
    u = np.linspace(-4 * spread, 4 * spread, 10_001)
    s = df(u)
    return np.sqrt(np.mean(s * s))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | density without its 2 in the exponent
def rms_slope(df, spread):
    u = np.linspace(-8 * spread, 8 * spread, 20_001)
    p = np.exp(-((u / spread) ** 2))
    p /= p.sum()
    return np.sqrt(np.sum(p * df(u) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | density not divided by the spread
def rms_slope(df, spread):
    u = np.linspace(-8 * spread, 8 * spread, 20_001)
    p = np.exp(-((u / spread) ** 2) / 2) / np.sqrt(2 * np.pi)
    return np.sqrt(np.sum(p * df(u) ** 2) * (u[1] - u[0]))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | slope of a random u times u (the size of f, linearized)
def rms_slope(df, spread):
    u = np.random.default_rng(0).normal(0, spread, 500_000)
    return np.sqrt(np.mean((df(u) * u) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | a grid of fixed width -3 to 3
def rms_slope(df, spread):
    u = np.linspace(-3, 3, 10001)
    p = np.exp(-(u**2) / (2 * spread**2))
    return np.sqrt((p * df(u) ** 2).sum() / p.sum())


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | positive u alone
def rms_slope(df, spread):
    u = np.abs(np.random.default_rng(0).normal(0, spread, 500_000))
    return np.sqrt(np.mean(df(u) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | norm without the 1/n
def rms_slope(df, spread):
    u = np.random.default_rng(0).normal(0, spread, 500_000)
    return np.linalg.norm(df(u))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | np.random.normal misspelled
def rms_slope(df, spread):
    u = np.random.gaussian(0, spread, 500_000)
    return np.sqrt(np.mean(df(u) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | tanh's slope whatever df is
def rms_slope(df, spread):
    u = np.random.default_rng(0).normal(0, spread, 1_000_000)
    return np.sqrt(np.mean((1 - np.tanh(u) ** 2) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | twice the root of one half: assumes half of u is off
def rms_slope(df, spread):
    u = np.abs(np.random.default_rng(0).normal(0, spread, 1_000_000))
    return np.sqrt(np.mean(df(u) ** 2) / 2)


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | grid cut at one spread
def rms_slope(df, spread):
    u = np.linspace(-spread, spread, 10_001)
    p = np.exp(-(u**2) / (2 * spread**2))
    return np.sqrt((p * df(u) ** 2).sum() / p.sum())


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | a grid from -5 to 5, whatever the spread
def rms_slope(df, spread):
    u = np.linspace(-5, 5, 5001)
    p = np.exp(-0.5 * u**2 / spread**2)
    return np.sqrt(np.average(df(u) ** 2, weights=p))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | wrong | Gauss-Hermite with three points
def rms_slope(df, spread):
    t, w = np.polynomial.hermite_e.hermegauss(3)
    return np.sqrt((w * df(spread * t) ** 2).sum() / w.sum())


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | right | samples from the old generator
def rms_slope(df, spread):
    np.random.seed(7)
    return np.sqrt(np.mean(df(np.random.randn(2_000_000) * spread) ** 2))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | right | a grid, weighted by the density
def rms_slope(df, spread):
    u = np.linspace(-8, 8, 20_000) * spread
    w = np.exp(-0.5 * (u / spread) ** 2)
    return np.sqrt(np.average(df(u) ** 2, weights=w))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | right | the quantiles of the Gaussian
from statistics import NormalDist


def rms_slope(df, spread):
    q = (np.arange(20_000) + 0.5) / 20_000
    u = spread * np.array([NormalDist().inv_cdf(p) for p in q])
    return float(np.sqrt(np.mean(df(u) ** 2)))


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | right | blocks of samples, added up
def rms_slope(df, spread):
    rng = np.random.default_rng(11)
    total, n = 0.0, 0
    for _ in range(20):
        part = df(rng.normal(scale=spread, size=100_000))
        total += float(part @ part)
        n += part.size
    return (total / n) ** 0.5


check("activations.rms_slope", rms_slope)

# %% activations.rms_slope | right | norm over root n, an array of one number
def rms_slope(df, spread):
    u = np.random.default_rng(5).normal(0, spread, 1_500_000)
    return np.linalg.norm(df(u)) / len(u) ** 0.5


check("activations.rms_slope", rms_slope)

# %% activations.softmax_jacobian | wrong | the outer product has the wrong sign
def softmax_jacobian(y):
    return np.diag(y) + np.outer(y, y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | the diagonal alone
def softmax_jacobian(y):
    return np.diag(y * (1 - y))


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | a vector: the sigmoid's slope
def softmax_jacobian(y):
    return y * (1 - y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | identity in place of diag(y)
def softmax_jacobian(y):
    return np.eye(len(y)) - np.outer(y, y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | y @ y.T of a vector is a number
def softmax_jacobian(y):
    return np.diag(y) - y @ y.T


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | delta forgotten
def softmax_jacobian(y):
    return y[:, None] * (1 - y[None, :])


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | softmax taken again
def softmax_jacobian(y):
    p = np.exp(y) / np.exp(y).sum()
    return np.diag(p) - np.outer(p, p)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | y broadcast in place of the outer product
def softmax_jacobian(y):
    return np.diag(y) - y


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | sign of the whole matrix
def softmax_jacobian(y):
    return np.outer(y, y) - np.diag(y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | diagonal with y squared, off-diagonal right
def softmax_jacobian(y):
    k = len(y)
    J = np.zeros((k, k))
    for i in range(k):
        for j in range(k):
            if i == j:
                J[i, j] = y[i] ** 2
            else:
                J[i, j] = -y[i] * y[j]
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | off-diagonal without the minus
def softmax_jacobian(y):
    k = y.shape[0]
    J = np.empty((k, k))
    for i in range(k):
        for j in range(k):
            J[i, j] = y[i] * (1 - y[i]) if i == j else y[i] * y[j]
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | the last class left out
def softmax_jacobian(y):
    k = len(y)
    J = np.zeros((k, k))
    for i in range(k - 1):
        for j in range(k - 1):
            J[i, j] = y[i] * ((i == j) - y[j])
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | return inside the loop
def softmax_jacobian(y):
    J = np.zeros((len(y), len(y)))
    for i in range(len(y)):
        for j in range(len(y)):
            J[i, j] = y[i] * (float(i == j) - y[j])
        return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | summed over the rows: all zeros
def softmax_jacobian(y):
    J = np.diag(y) - np.outer(y, y)
    return J.sum(axis=1)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | the inner factor squared: y_i (delta - y_i y_j)
def softmax_jacobian(y):
    return y[:, None] * (np.eye(len(y)) - np.outer(y, y))


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | zeros on the diagonal
def softmax_jacobian(y):
    J = -np.outer(y, y)
    np.fill_diagonal(J, 0)
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | only the lower half filled
def softmax_jacobian(y):
    k = len(y)
    J = np.zeros((k, k))
    for i in range(k):
        for j in range(i + 1):
            J[i, j] = y[i] * ((i == j) - y[j])
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | three classes hard-coded
def softmax_jacobian(y):
    a, b, c = y
    return np.array([[a * (1 - a), -a * b, -a * c], [-a * b, b * (1 - b), -b * c], [-a * c, -b * c, c * (1 - c)]])


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | MATLAB's transpose and product
def softmax_jacobian(y):
    return np.diag(y) - np.dot(y, y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | wrong | 1/k for y: only right for equal outputs
def softmax_jacobian(y):
    k = len(y)
    return (np.eye(k) - np.ones((k, k)) / k) * y


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | einsum
def softmax_jacobian(y):
    k = y.size
    return np.einsum("i,ij->ij", y, np.eye(k)) - np.einsum("i,j->ij", y, y)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | row scaling of delta minus y
def softmax_jacobian(y):
    return (np.eye(len(y)) - y) * y.reshape(-1, 1)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | nested lists made an array
def softmax_jacobian(y):
    return np.array([[yi * (1 - yi) if i == j else -yi * yj for j, yj in enumerate(y)] for i, yi in enumerate(y)])


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | column by column through the library's backward
def softmax_jacobian(y):
    rows = [nn.softmax.backward(e[None, :], y[None, :])[0] for e in np.eye(len(y))]
    return np.stack(rows)


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | complex: differences of the logits
def softmax_jacobian(y):
    u = np.log(y).astype(complex)
    k = len(y)
    J = np.zeros((k, k))
    for j in range(k):
        v = u.copy()
        v[j] += 1e-20j
        e = np.exp(v)
        J[:, j] = (e / e.sum()).imag / 1e-20
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.softmax_jacobian | right | as columns, subtracted from an outer product in place
def softmax_jacobian(y):
    col = y[:, np.newaxis]
    J = -(col @ col.T)
    J[np.diag_indices_from(J)] += y
    return J


check("activations.softmax_jacobian", softmax_jacobian)

# %% activations.most_gradient | wrong | relu: slope 1 where it is on
activation = "relu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | tanh: slope 1 at zero, and the smallest loss of 4
activation = "tanh"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | elu: no dead units
activation = "elu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the sigmoid
activation = "sigmoid"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the one with the largest slope nearest to 1
activation = min(["sigmoid", "tanh", "relu", "elu", "selu"], key=lambda a: abs(nn.activations.get(a).steepest - 1))

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | misspelled: slu
activation = "slu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | not in the drop-down
activation = "leaky_relu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | not in the drop-down, truly undiminished
activation = "identity"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | two names
activation = ["selu", "tanh"]

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | a number: its rms slope
activation = 1.04

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the best of today, not in the list
activation = "gelu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the long name of a wrong one
activation = "Exponential Linear Unit"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | all but the right one
activation = "not selu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the word for the family
activation = "ReLU family"

check("activations.most_gradient", activation)

# %% activations.most_gradient | wrong | the place in the list
activation = 4

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | plain
activation = "selu"

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | single quotes, put together
activation = "s" + 'elu'

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | the library's name
activation = nn.selu.name

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | in capitals, as in the text
activation = "SELU"

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | computed by the rms slope
u = np.random.default_rng(0).standard_normal(400_000)
names = ["sigmoid", "tanh", "relu", "elu", "selu"]
rms = [np.sqrt(np.mean(nn.activations.get(name).df(u) ** 2)) for name in names]
activation = names[int(np.argmax(rms))]

check("activations.most_gradient", activation)

# %% activations.most_gradient | right | a numpy string
activation = np.array(["elu", "selu"])[-1]

check("activations.most_gradient", activation)

# %% activations.dead_units | wrong | a unit at 0 counts as on
def dead_units(u):
    return np.mean(np.all(u < 0, axis=0))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the share of samples, not units
def dead_units(u):
    return np.mean(np.all(u <= 0, axis=1))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the share of all entries that are off
def dead_units(u):
    return np.mean(u <= 0)


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | off for any sample
def dead_units(u):
    return np.mean((u <= 0).any(axis=0))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the number, not the share
def dead_units(u):
    return np.sum(np.all(u <= 0, axis=0))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the share of the living
def dead_units(u):
    alive = (u > 0).any(axis=0)
    return alive.mean()


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | divides by the number of samples
def dead_units(u):
    dead = np.all(u <= 0, axis=0)
    return dead.sum() / u.shape[0]


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | in percent
def dead_units(u):
    dead = np.all(u <= 0, axis=0)
    return 100 * dead.sum() / len(dead)


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | judges by the mean of u
def dead_units(u):
    return (u.mean(axis=0) <= 0).mean()


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | exactly 0 only, as if u were z
def dead_units(u):
    return np.mean(np.all(u == 0, axis=0))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the sum of u at most 0
def dead_units(u):
    return float(np.mean(u.sum(0) <= 0))


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | integer division
def dead_units(u):
    return np.all(u <= 0, axis=0).sum() // u.shape[1]


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the mask, not its mean
def dead_units(u):
    return np.max(u, axis=0) <= 0


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | smallest in place of largest u
def dead_units(u):
    return np.mean(u.min(axis=0) <= 0)


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the last unit left out of the loop
def dead_units(u):
    dead = 0
    for j in range(u.shape[1] - 1):
        if max(u[:, j]) <= 0:
            dead += 1
    return dead / u.shape[1]


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | return in the loop
def dead_units(u):
    count = 0
    for column in u.T:
        if (column <= 0).all():
            count += 1
        return count / u.shape[1]


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | first sample left out
def dead_units(u):
    dead = [all(u[i, j] <= 0 for i in range(1, len(u))) for j in range(u.shape[1])]
    return sum(dead) / len(dead)


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | loops over rows believing they are units
def dead_units(u):
    n = 0
    for unit in u:
        if np.all(unit <= 0):
            n += 1
    return n / len(u)


check("activations.dead_units", dead_units)

# %% activations.dead_units | wrong | the slope taken for 0.5 at zero, a threshold below 0
def dead_units(u):
    return np.mean(u.max(axis=0) < -1e-3)


check("activations.dead_units", dead_units)

# %% activations.dead_units | right | the largest is at most 0
def dead_units(u):
    return (u.max(axis=0) <= 0).mean()


check("activations.dead_units", dead_units)

# %% activations.dead_units | right | a set of those that live
def dead_units(u):
    n, units = u.shape
    alive = set(np.nonzero(u > 0)[1].tolist())
    return 1 - len(alive) / units


check("activations.dead_units", dead_units)

# %% activations.dead_units | right | loops and a Fraction
from fractions import Fraction


def dead_units(u):
    dead = sum(1 for j in range(u.shape[1]) if not any(v > 0 for v in u[:, j]))
    return Fraction(dead, u.shape[1])


check("activations.dead_units", dead_units)

# %% activations.dead_units | right | sums of the rectified u
def dead_units(u):
    z = np.maximum(u, 0)
    return float(np.count_nonzero(z.sum(axis=0) == 0)) / z.shape[-1]


check("activations.dead_units", dead_units)

# %% activations.dead_units | right | transposed first, a list comprehension
def dead_units(u):
    columns = list(map(list, zip(*u)))
    return np.mean([max(c) <= 0 for c in columns])


check("activations.dead_units", dead_units)

# %% activations.leaky_backward | wrong | at u = 0 the slope is 1
def leaky_backward(dz, u, a):
    return np.where(u >= 0, dz, a * dz)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | slope without dz
def leaky_backward(dz, u, a):
    return np.where(u > 0, 1.0, a)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | ReLU's backward: zero on the left
def leaky_backward(dz, u, a):
    return dz * (u > 0)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | overwrites dz
def leaky_backward(dz, u, a):
    dz[u <= 0] *= a
    return dz


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | the sides exchanged
def leaky_backward(dz, u, a):
    return np.where(u > 0, a * dz, dz)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | the mask is taken from dz
def leaky_backward(dz, u, a):
    return np.where(dz > 0, dz, a * dz)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | the function itself of u, times dz
def leaky_backward(dz, u, a):
    z = np.where(u > 0, u, a * u)
    return dz * z


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | a alone on the left, not times dz
def leaky_backward(dz, u, a):
    return np.where(u > 0, dz, a)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | a u on the left: times u as well
def leaky_backward(dz, u, a):
    return np.where(u > 0, dz, a * u * dz)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | divides by a
def leaky_backward(dz, u, a):
    out = dz.copy()
    out[u <= 0] = out[u <= 0] / a
    return out


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | minus a on the left
def leaky_backward(dz, u, a):
    slope = np.ones_like(u)
    slope[u <= 0] = -a
    return slope * dz


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | a fixed at 0.01
def leaky_backward(dz, u, a=0.01):
    a = 0.01
    return np.where(u > 0, 1, a) * dz


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | larger of the two, wrong for negative dz
def leaky_backward(dz, u, a):
    return np.maximum(dz, a * dz)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | divided by the batch size once more
def leaky_backward(dz, u, a):
    du = dz * np.where(u > 0, 1.0, a)
    return du / len(u)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | slope a in an array of integers: rounds to 0
def leaky_backward(dz, u, a):
    slope = (u > 0).astype(int)
    slope[slope == 0] = a
    return dz * slope


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | summed over the batch
def leaky_backward(dz, u, a):
    return (dz * np.where(u > 0, 1.0, a)).sum(axis=0)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | slope 1 + a on the right
def leaky_backward(dz, u, a):
    return dz * ((u > 0) + a)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | 1 - a on the left
def leaky_backward(dz, u, a):
    return dz * np.where(u > 0, 1, 1 - a)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | zero at the corner itself
def leaky_backward(dz, u, a):
    return dz * ((u > 0) * 1.0 + a * (u < 0))


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | wrong | an alias, then overwritten
def leaky_backward(dz, u, a):
    du = dz
    mask = u <= 0
    du[mask] = a * du[mask]
    return du


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | right | the mask as numbers
def leaky_backward(dz, u, a):
    on = (u > 0).astype(float)
    return on * dz + (1 - on) * a * dz


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | right | a loop over all entries
def leaky_backward(dz, u, a):
    du = np.zeros_like(dz)
    for i in range(dz.shape[0]):
        for j in range(dz.shape[1]):
            du[i, j] = dz[i, j] if u[i, j] > 0 else dz[i, j] * a
    return du


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | right | in place on a copy
def leaky_backward(dz, u, a):
    grad = np.array(dz, copy=True)
    np.multiply(grad, a, out=grad, where=~(u > 0))
    return grad


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | right | powers of a
def leaky_backward(dz, u, a):
    return dz * np.power(float(a), u <= 0)


check("activations.leaky_backward", leaky_backward)

# %% activations.leaky_backward | right | choose
def leaky_backward(dz, u, a):
    return dz * np.array([a, 1.0])[(u > 0).astype(int)]


check("activations.leaky_backward", leaky_backward)

# %% activations.elu_slope | wrong | alpha missing: z + 1
def elu_slope(z, alpha):
    return np.where(z > 0, 1.0, z + 1)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | z taken for u
def elu_slope(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.exp(z))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | z + alpha on both sides
def elu_slope(z, alpha):
    return z + alpha


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | at z = 0 slope 1 in place of alpha
def elu_slope(z, alpha):
    return np.where(z >= 0, 1.0, z + alpha)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | alpha on the right side, from a minimum
def elu_slope(z, alpha):
    return np.minimum(z, 0) + alpha


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | times alpha once more
def elu_slope(z, alpha):
    return np.where(z > 0, 1.0, alpha * (z + alpha))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | alpha (z + 1)
def elu_slope(z, alpha):
    return np.where(z > 0, 1, alpha * (z + 1))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | sign: alpha - z
def elu_slope(z, alpha):
    s = np.ones_like(z)
    s[z <= 0] = alpha - z[z <= 0]
    return s


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | cut at 1 instead of cases
def elu_slope(z, alpha):
    return np.minimum(z + alpha, 1.0)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | on the right z itself
def elu_slope(z, alpha):
    return np.where(z > 0, z, z + alpha)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | sides exchanged
def elu_slope(z, alpha):
    return np.where(z > 0, z + alpha, 1.0)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | the sigmoid's form
def elu_slope(z, alpha):
    return np.where(z > 0, 1.0, z * (1 - z))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | u from z with alpha forgotten in the slope
def elu_slope(z, alpha):
    neg = np.minimum(z, 0)
    u = np.log(neg / alpha + 1)
    return np.where(z > 0, 1.0, np.exp(u))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | leaky: slope alpha on the left
def elu_slope(z, alpha):
    return np.where(z > 0, 1.0, alpha)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | zero on the left
def elu_slope(z, alpha):
    return (z > 0) * 1.0


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | if on an array
def elu_slope(z, alpha):
    if z > 0:
        return 1
    return z + alpha


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | alpha 1 assumed through the library
def elu_slope(z, alpha):
    return nn.elu.df_from_z(z)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | overwrites z
def elu_slope(z, alpha):
    right = z > 0
    z += alpha
    z[right] = 1
    return z


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | ELU itself again
def elu_slope(z, alpha):
    return np.where(z > 0, z, alpha * (np.exp(z) - 1))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | wrong | takes slope 1 from -alpha on, misread case
def elu_slope(z, alpha):
    return np.where(z > -alpha, 1.0, z + alpha)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | right | through u by the logarithm
def elu_slope(z, alpha):
    u = np.log1p(np.minimum(z, 0) / alpha)
    return np.where(z > 0, 1.0, alpha * np.exp(u))


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | right | masks multiplied
def elu_slope(z, alpha):
    left = z <= 0
    return left * (z + alpha) + (1 - left)


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | right | a loop, an array at the end
def elu_slope(z, alpha):
    out = np.ones(np.shape(z))
    for i, v in np.ndenumerate(z):
        if not v > 0:
            out[i] += v + alpha - 1
    return out


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | right | piecewise
def elu_slope(z, alpha):
    return np.piecewise(z.astype(float), [z > 0], [1.0, lambda v: v + alpha])


check("activations.elu_slope", elu_slope)

# %% activations.elu_slope | right | in place on a copy
def elu_slope(ausgabe, alpha):
    s = ausgabe.copy()
    s += alpha
    s[ausgabe > 0] = 1
    return s


check("activations.elu_slope", elu_slope)

# %% activations.prelu | wrong | da replaced, not added
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da = np.array([np.sum(dz * np.where(u > 0, 0, u))])
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da divided by the batch size again
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * u * (u <= 0)) / len(u)
        return np.where(u > 0, dz, self.a * dz)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da gathers the positive side too
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * u)
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da without dz
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(u[u <= 0])
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da without u
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz[u <= 0])
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da never touched
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        return dz * np.where(saved > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da gathers a u, from the output
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        z = np.where(u > 0, u, self.a * u)
        return z, (u, z)

    def backward(self, dz, saved):
        u, z = saved
        self.da += (dz * z)[u <= 0].sum()
        return np.where(u > 0, dz, self.a * dz)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da multiplied by a as well
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += self.a * np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da subtracted, as a descent step
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da -= np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | forward by the larger: wrong for a above 1
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.maximum(u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.where(u > 0, 0, u))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | the start value 0.25 in backward
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        self.da += np.sum(dz * np.minimum(saved, 0))
        return dz * np.where(saved > 0, 1, 0.25)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | du without a: ReLU's backward
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        self.da += np.sum(dz * np.minimum(saved, 0))
        return dz * (saved > 0)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | at u = 0 slope 1
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        self.da += np.sum(dz * np.minimum(saved, 0))
        return np.where(saved < 0, self.a * dz, dz)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | backward returns two
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        da = np.sum(dz * np.minimum(saved, 0))
        self.da += da
        return dz * np.where(saved > 0, 1, self.a), da


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | forward returns z alone
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u)

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.where(u > 0, 0, u))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | u kept on the layer: a second forward overwrites it
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        self.u = u
        return np.where(u > 0, u, self.a * u), None

    def backward(self, dz, saved):
        u = self.u
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | sum over the batch alone
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.minimum(u, 0), axis=0)
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | mean in place of the sum
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.mean(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | forward overwrites u
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        u[u <= 0] *= self.a
        return u, u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.where(u > 0, 0, u))
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | backward writes into dz
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.minimum(u, 0))
        dz *= np.where(u > 0, 1, self.a)
        return dz


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | the mask from z: wrong for a below 0
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        z = np.where(u > 0, u, self.a * u)
        return z, (z, u)

    def backward(self, dz, saved):
        z, u = saved
        self.da += np.sum(dz * np.where(z > 0, 0, u))
        return dz * np.where(z > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | du computed first and used for da
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        du = dz * np.where(u > 0, 1, self.a)
        self.da += np.sum(du * np.minimum(u, 0))
        return du


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | moves a itself in backward
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        g = np.sum(dz * np.minimum(u, 0))
        self.da += g
        self.a -= 0.01 * g
        return dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | da rebound to a new array: net.grad misses it
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        g = np.sum(dz * np.minimum(saved, 0))
        self.da = self.da + g
        return dz * np.where(saved > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | saves the output and divides by a: breaks at a = 0
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        z = np.where(u > 0, u, self.a * u)
        return z, (z, u > 0)

    def backward(self, dz, saved):
        z, on = saved
        self.da += np.sum((dz * z / self.a)[~on])
        return dz * np.where(on, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | wrong | nothing returned by backward
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, saved):
        u = saved
        self.da += np.sum(dz * np.minimum(u, 0))
        du = dz * np.where(u > 0, 1, self.a)


check("activations.prelu", PReLU)

# %% activations.prelu | right | saves a mask and the negative part
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        off = u <= 0
        neg = u * off
        return u * ~off + self.a * neg, (off, neg)

    def backward(self, dz, saved):
        off, neg = saved
        self.da += np.einsum("...,...->", dz, neg) if dz.ndim == 0 else np.vdot(dz, neg)
        return dz * np.where(off, self.a, 1.0)


check("activations.prelu", PReLU)

# %% activations.prelu | right | relu minus a times relu of -u
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        z = np.maximum(u, 0) - self.a * np.maximum(-u, 0)
        return z, u.copy()

    def backward(self, dz, saved):
        left = saved <= 0
        self.da[0] += float((dz[left] * saved[left]).sum())
        out = dz.copy()
        out[left] *= self.a[0]
        return out


check("activations.prelu", PReLU)

# %% activations.prelu | right | a dictionary is saved; loops
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        z = np.array(u, dtype=float)
        z[~(z > 0)] *= self.a[0]
        return z, {"u": u}

    def backward(self, dz, saved):
        u = saved["u"]
        total = 0.0
        du = np.empty_like(dz)
        for i in np.ndindex(u.shape):
            if u[i] > 0:
                du[i] = dz[i]
            else:
                du[i] = self.a[0] * dz[i]
                total += dz[i] * u[i]
        self.da += total
        return du


check("activations.prelu", PReLU)

# %% activations.prelu | right | the slope is saved with u
class PReLU(nn.Layer):
    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        slope = np.where(u > 0, 1.0, self.a)
        return slope * u, (slope, u)

    def backward(self, dz, saved):
        slope, u = saved
        self.da += np.dot(dz.ravel(), np.minimum(u, 0).ravel())
        return slope * dz


check("activations.prelu", PReLU)

# %% activations.prelu | right | helper methods and extra attributes
class PReLU(nn.Layer):
    """A leak that is learned."""

    params = ("a",)
    color = "red"

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))
        self.name = "PReLU"

    def slope(self, u):
        return np.where(u > 0, np.ones_like(u), self.a)

    def forward(self, x, train=False):
        return x * self.slope(x), x

    def backward(self, dy, x):
        self.da[...] = self.da + (dy * x * (x <= 0)).sum()
        return dy * self.slope(x)


check("activations.prelu", PReLU)
