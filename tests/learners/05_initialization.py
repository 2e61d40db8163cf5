# %% initialization.distinct_units | wrong | outgoing weights ignored
def distinct_units(W1, b1, W2):
    return len(np.unique(np.column_stack([W1, b1]), axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | biases ignored
def distinct_units(W1, b1, W2):
    return len(np.unique(np.hstack([W1, W2.T]), axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | incoming weights alone
def distinct_units(W1, b1, W2):
    return np.unique(W1, axis=0).shape[0]


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | counts different numbers, axis forgotten
def distinct_units(W1, b1, W2):
    U = np.concatenate([W1, b1[:, None], W2.T], axis=1)
    return len(np.unique(U))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | different columns in place of rows
def distinct_units(W1, b1, W2):
    U = np.concatenate([W1, b1[:, None], W2.T], axis=1)
    return np.unique(U, axis=1).shape[1]


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | the largest of three separate counts
def distinct_units(W1, b1, W2):
    return max(len(np.unique(W1, axis=0)), len(np.unique(b1)), len(np.unique(W2, axis=1).T))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | the smallest of three separate counts
def distinct_units(W1, b1, W2):
    counts = [len(np.unique(W1, axis=0)), len(np.unique(b1)), np.unique(W2.T, axis=0).shape[0]]
    return min(counts)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | units less the pairs: three equal are three pairs
def distinct_units(W1, b1, W2):
    U = np.column_stack([W1, b1, W2.T])
    n = len(U)
    same = sum(np.array_equal(U[i], U[j]) for i in range(n) for j in range(i))
    return n - same


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | compares neighbors only
def distinct_units(W1, b1, W2):
    U = np.column_stack([W1, b1, W2.T])
    count = 1
    for i in range(1, len(U)):
        if not np.array_equal(U[i], U[i - 1]):
            count += 1
    return count


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | counts those without a twin
def distinct_units(W1, b1, W2):
    U = np.column_stack([W1, b1, W2.T])
    _, counts = np.unique(U, axis=0, return_counts=True)
    return int(np.sum(counts == 1))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | the number of superfluous units
def distinct_units(W1, b1, W2):
    U = np.column_stack([W1, b1, W2.T])
    return len(U) - len(np.unique(U, axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | the rank
def distinct_units(W1, b1, W2):
    return np.linalg.matrix_rank(np.column_stack([W1, b1, W2.T]))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | W2 not transposed
def distinct_units(W1, b1, W2):
    return len(np.unique(np.hstack([W1, b1[:, None], W2]), axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | a sum as fingerprint
def distinct_units(W1, b1, W2):
    mark = W1.sum(axis=1) + b1 + W2.sum(axis=0)
    return len(set(np.round(mark, 9)))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | weights sorted before they are compared
def distinct_units(W1, b1, W2):
    units = {tuple(sorted([*W1[i], b1[i], *W2[:, i]])) for i in range(len(b1))}
    return len(units)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | rounded to whole numbers
def distinct_units(W1, b1, W2):
    U = np.round(np.column_stack([W1, b1, W2.T]))
    return len(np.unique(U, axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | equal in any of the three counts as the same
def distinct_units(W1, b1, W2):
    kept = []
    for i in range(len(b1)):
        twin = any((W1[i] == W1[j]).all() or b1[i] == b1[j] or (W2[:, i] == W2[:, j]).all() for j in kept)
        if not twin:
            kept.append(i)
    return len(kept)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | the units themselves returned
def distinct_units(W1, b1, W2):
    return np.unique(np.column_stack([W1, b1, W2.T]), axis=0)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | row i of W2 for unit i
def distinct_units(W1, b1, W2):
    seen = set()
    for i in range(len(W1)):
        seen.add((tuple(W1[i]), b1[i], tuple(W2[i % len(W2)])))
    return len(seen)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | first unit left out
def distinct_units(W1, b1, W2):
    seen = []
    for i in range(1, len(W1)):
        unit = (W1[i].tolist(), b1[i], W2[:, i].tolist())
        if unit not in seen:
            seen.append(unit)
    return len(seen)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | +- the same unit
def distinct_units(W1, b1, W2):
    U = np.abs(np.column_stack([W1, b1, W2.T]))
    return len(np.unique(U, axis=0))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | tolerance far too wide
def distinct_units(W1, b1, W2):
    kept = []
    for unit in np.column_stack([W1, b1, W2.T]):
        if not any(np.allclose(unit, other, atol=0.1) for other in kept):
            kept.append(unit)
    return len(kept)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | numbers in a set, order and place lost
def distinct_units(W1, b1, W2):
    return len({frozenset([*W1[i], b1[i], *W2[:, i]]) for i in range(len(b1))})


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | wrong | incoming and outgoing weights multiplied
def distinct_units(W1, b1, W2):
    units = [tuple((W2[:, i, None] * np.append(W1[i], b1[i])).ravel()) for i in range(len(b1))]
    return len(set(units))


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | right | a set of tuples
def distinct_units(W1, b1, W2):
    return len({(*win, b, *out) for win, b, out in zip(W1, b1, W2.T)})


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | right | a list of those seen
def distinct_units(W1, b1, W2):
    seen = []
    for i in range(len(b1)):
        unit = [W1[i].tolist(), float(b1[i]), W2[:, i].tolist()]
        if unit not in seen:
            seen.append(unit)
    return len(seen)


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | right | all pairs by broadcasting
def distinct_units(W1, b1, W2):
    U = np.vstack([W1.T, b1, W2]).T
    same = (U[:, None, :] == U[None, :, :]).all(axis=2)
    first = same.argmax(axis=1)
    return int((first == np.arange(len(U))).sum())


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | right | sum of one over the size of the class
def distinct_units(W1, b1, W2):
    U = np.concatenate((W1, b1.reshape(-1, 1), W2.T), 1)
    same = np.array([[np.array_equal(p, q) for q in U] for p in U])
    return round((1 / same.sum(axis=0)).sum())


check("initialization.distinct_units", distinct_units)

# %% initialization.distinct_units | right | unique along the columns
def distinct_units(W1, b1, W2):
    return np.unique(np.vstack([W1.T, b1[None], W2]), axis=1).shape[-1]


check("initialization.distinct_units", distinct_units)

# %% initialization.mean_square | wrong | the mean of z squared, not the sum
def mean_square(z, var_w):
    return var_w * np.mean(z**2)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the variance of z, as if its mean were 0
def mean_square(z, var_w):
    return len(z) * var_w * np.var(z)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the square of the sum
def mean_square(z, var_w):
    return var_w * np.sum(z) ** 2


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | var_w taken for a standard deviation
def mean_square(z, var_w):
    return var_w**2 * np.sum(z**2)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the root
def mean_square(z, var_w):
    return np.sqrt(var_w * np.sum(z * z))


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the norm, not its square
def mean_square(z, var_w):
    return var_w * np.linalg.norm(z)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the sum of z
def mean_square(z, var_w):
    return var_w * z.sum()


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | n Var W, z left out
def mean_square(z, var_w):
    return len(z) * var_w


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | n times too much
def mean_square(z, var_w):
    n = len(z)
    return n * var_w * (z @ z)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | mean of z, squared, times n
def mean_square(z, var_w):
    return len(z) * var_w * z.mean() ** 2


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | a vector
def mean_square(z, var_w):
    return var_w * z**2


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | one draw
def mean_square(z, var_w):
    rng = np.random.default_rng(0)
    w = rng.normal(0, np.sqrt(var_w), len(z))
    return (w @ z) ** 2


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | return in the loop
def mean_square(z, var_w):
    total = 0
    for zi in z:
        total += var_w * zi**2
        return total


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | caret
def mean_square(z, var_w):
    return var_w * sum(z ^ 2)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the variance of z with ddof
def mean_square(z, var_w):
    return var_w * np.var(z, ddof=1) * z.size


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | the last input left out
def mean_square(z, var_w):
    total = 0.0
    for i in range(len(z) - 1):
        total += z[i] ** 2
    return var_w * total


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | divided by var_w
def mean_square(z, var_w):
    return np.dot(z, z) / var_w


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | wrong | plus instead of times
def mean_square(z, var_w):
    return np.sum(z**2) + var_w


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | einsum
def mean_square(z, var_w):
    return np.einsum("i,i,->", z, z, var_w)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | quadratic form with the covariance of w
def mean_square(z, var_w):
    return z @ (var_w * np.eye(len(z))) @ z


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | n times variance and squared mean
def mean_square(z, var_w):
    n = len(z)
    return n * var_w * (np.var(z) + np.mean(z) ** 2)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | generator, math.fsum
import math


def mean_square(eingaben, varianz):
    return math.fsum(float(v) * float(v) * varianz for v in eingaben)


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | norm of the scaled vector, squared
def mean_square(z, var_w):
    return np.linalg.norm(np.sqrt(var_w) * z) ** 2


check("initialization.mean_square", mean_square)

# %% initialization.mean_square | right | recursion
def mean_square(z, var_w):
    if len(z) == 0:
        return 0.0
    return var_w * z[0] ** 2 + mean_square(z[1:], var_w)


check("initialization.mean_square", mean_square)

# %% initialization.xavier_limit | wrong | the standard deviation
def xavier_limit(d_out, d_in):
    return np.sqrt(2 / (d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | no root
def xavier_limit(d_out, d_in):
    return 6 / (d_in + d_out)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | the variance
def xavier_limit(d_out, d_in):
    return 2 / (d_in + d_out)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | 12 in place of 3: the whole width
def xavier_limit(d_out, d_in):
    return np.sqrt(12 * 2 / (d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | the variance of a uniform taken as a/3
def xavier_limit(d_out, d_in):
    var = 2 / (d_in + d_out)
    return 3 * var


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | He's limit
def xavier_limit(d_out, d_in):
    return np.sqrt(6 / d_in)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | by d_out alone
def xavier_limit(d_out, d_in):
    return np.sqrt(6 / d_out)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | LeCun's limit
def xavier_limit(d_out, d_in):
    return (3 / d_in) ** 0.5


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | root of 6 over the sum
def xavier_limit(d_out, d_in):
    return np.sqrt(6) / (d_in + d_out)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | product in place of sum
def xavier_limit(d_out, d_in):
    return np.sqrt(6 / (d_in * d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | precedence: over d_in, plus d_out
def xavier_limit(d_out, d_in):
    return np.sqrt(6 / d_in + d_out)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | 3 times the standard deviation
def xavier_limit(d_out, d_in):
    std = (2 / (d_in + d_out)) ** 0.5
    return 3 * std


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | the mean width: factor two twice
def xavier_limit(d_out, d_in):
    n = (d_in + d_out) / 2
    return np.sqrt(6 / n)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | integer division
def xavier_limit(d_out, d_in):
    return np.sqrt(6 // (d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | exponent 1/2 binds to the sum only
def xavier_limit(d_out, d_in):
    return 6 / (d_in + d_out) ** (1 / 2) / 1


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | a matrix drawn
def xavier_limit(d_out, d_in):
    a = np.sqrt(6 / (d_in + d_out))
    return np.random.default_rng(0).uniform(-a, a, (d_out, d_in))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | both ends
def xavier_limit(d_out, d_in):
    a = np.sqrt(6 / (d_in + d_out))
    return -a, a


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | negative end
def xavier_limit(d_out, d_in):
    return -np.sqrt(6 / (d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | root not imported
def xavier_limit(d_out, d_in):
    return sqrt(6 / (d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | wrong | caret for the power
def xavier_limit(d_out, d_in):
    return (6 / (d_in + d_out)) ^ 0.5


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | right | through the standard deviation
import math


def xavier_limit(d_out, d_in):
    sigma = math.sqrt(2 / (d_in + d_out))
    return math.sqrt(3) * sigma


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | right | float32
def xavier_limit(d_out, d_in):
    return np.sqrt(np.float32(6) / np.float32(d_in + d_out))


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | right | bisection
def xavier_limit(d_out, d_in):
    low, high = 0.0, 10.0
    for _ in range(100):
        a = (low + high) / 2
        if a * a / 3 < 2 / (d_out + d_in):
            low = a
        else:
            high = a
    return a


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | right | exponential of half the logarithm
def xavier_limit(d_out, d_in):
    return np.exp((np.log(6) - np.log(d_out + d_in)) / 2)


check("initialization.xavier_limit", xavier_limit)

# %% initialization.xavier_limit | right | Fraction inside
from fractions import Fraction


def xavier_limit(d_out, d_in):
    variance = Fraction(2, d_in + d_out)
    return float(3 * variance) ** 0.5


check("initialization.xavier_limit", xavier_limit)

# %% initialization.he_std | wrong | the variance
def he_std(d_out, d_in, a):
    return 2 / ((1 + a**2) * d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | d_out in place of d_in
def he_std(d_out, d_in, a):
    return np.sqrt(2 / ((1 + a**2) * d_out))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | a not squared
def he_std(d_out, d_in, a):
    return np.sqrt(2 / ((1 + a) * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | 1 - a squared
def he_std(d_out, d_in, a):
    return np.sqrt(2 / ((1 - a**2) * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | a ignored
def he_std(d_out, d_in, a):
    return np.sqrt(2 / d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | the factor upside down
def he_std(d_out, d_in, a):
    return np.sqrt(2 * (1 + a**2) / d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | square of the sum
def he_std(d_out, d_in, a):
    return np.sqrt(2 / (1 + a) ** 2 / d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | d_in below the bar, the leak outside the root
def he_std(d_out, d_in, a):
    return np.sqrt(2 / d_in) / (1 + a**2)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | the leak times 2: 1 + a^2 halved twice
def he_std(d_out, d_in, a):
    keep = (1 + a**2) / 2
    return np.sqrt(2 / (keep * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | LeCun's, with the leak
def he_std(d_out, d_in, a):
    return np.sqrt(1 / ((1 + a**2) * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | Xavier's, with the leak
def he_std(d_out, d_in, a):
    return np.sqrt(4 / ((1 + a**2) * (d_in + d_out)))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | root of two, outside
def he_std(d_out, d_in, a):
    return np.sqrt(2) / ((1 + a**2) * d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | brackets missing
def he_std(d_out, d_in, a):
    return np.sqrt(2 / (1 + a**2) * d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | one plus a squared only beside d_in
def he_std(d_out, d_in, a):
    return np.sqrt(2 / (1 + a**2 * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | the uniform's limit
def he_std(d_out, d_in, a):
    return np.sqrt(6 / ((1 + a**2) * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | a added to the factor
def he_std(d_out, d_in, a):
    gain = np.sqrt(2) + a
    return gain / np.sqrt(d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | caret
def he_std(d_out, d_in, a):
    return np.sqrt(2 / ((1 + a ^ 2) * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | default a in place of the given
def he_std(d_out, d_in, a=0.01):
    if a != 0:
        a = 0.01
    return (2 / ((1 + a * a) * d_in)) ** 0.5


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | prints it
def he_std(d_out, d_in, a):
    print(np.sqrt(2 / ((1 + a**2) * d_in)))


check("initialization.he_std", he_std)

# %% initialization.he_std | wrong | leak subtracted from the half
def he_std(d_out, d_in, a):
    passed = 0.5 + a**2
    return np.sqrt(1 / (passed * d_in))


check("initialization.he_std", he_std)

# %% initialization.he_std | right | gain over the root of d_in
import math


def he_std(d_out, d_in, a):
    gain = math.sqrt(2.0 / (1 + a**2))
    return gain / math.sqrt(d_in)


check("initialization.he_std", he_std)

# %% initialization.he_std | right | the mean of the two halves
def he_std(d_out, d_in, a):
    passes = np.mean([1, a**2])
    return (d_in * passes) ** -0.5


check("initialization.he_std", he_std)

# %% initialization.he_std | right | hypot
def he_std(d_out, d_in, a):
    return 2**0.5 / (np.hypot(1, a) * d_in**0.5)


check("initialization.he_std", he_std)

# %% initialization.he_std | right | a helper inside, an array of one number
def he_std(d_out, d_in, a):
    def variance(n):
        return np.array(2.0) / (n + n * a * a)

    return np.sqrt(variance(d_in))


check("initialization.he_std", he_std)

# %% initialization.he | wrong | the global generator
def he(d_out, d_in, *, rng):
    return np.random.normal(0, np.sqrt(2 / d_in), (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | the variance as scale
def he(d_out, d_in, *, rng):
    return rng.normal(0, 2 / d_in, (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | over d_out
def he(d_out, d_in, *, rng):
    return rng.normal(0, np.sqrt(2 / d_out), size=(d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | shape the other way
def he(d_out, d_in, *, rng):
    return np.sqrt(2 / d_in) * rng.standard_normal((d_in, d_out))


check("initialization.he", he)

# %% initialization.he | wrong | LeCun: no 2
def he(d_out, d_in, *, rng):
    return rng.standard_normal((d_out, d_in)) / np.sqrt(d_in)


check("initialization.he", he)

# %% initialization.he | wrong | Xavier
def he(d_out, d_in, *, rng):
    std = np.sqrt(2 / (d_in + d_out))
    return std * rng.standard_normal((d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | a generator of its own, seed 0
def he(d_out, d_in, *, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / d_in), (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | a uniform to the standard deviation
def he(d_out, d_in, *, rng):
    s = np.sqrt(2 / d_in)
    return rng.uniform(-s, s, (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | Gaussian with the uniform's limit as scale
def he(d_out, d_in, *, rng):
    return np.sqrt(6 / d_in) * rng.standard_normal((d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | scale given as the mean
def he(d_out, d_in, *, rng):
    return rng.normal(np.sqrt(2 / d_in), size=(d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | uniform from 0
def he(d_out, d_in, *, rng):
    return rng.random((d_out, d_in)) * np.sqrt(2 / d_in)


check("initialization.he", he)

# %% initialization.he | wrong | positive weights only
def he(d_out, d_in, *, rng):
    return np.abs(rng.standard_normal((d_out, d_in))) * np.sqrt(2 / d_in)


check("initialization.he", he)

# %% initialization.he | wrong | one row drawn and repeated
def he(d_out, d_in, *, rng):
    row = rng.normal(0, np.sqrt(2 / d_in), d_in)
    return np.tile(row, (d_out, 1))


check("initialization.he", he)

# %% initialization.he | wrong | one number for all
def he(d_out, d_in, *, rng):
    return np.full((d_out, d_in), np.sqrt(2 / d_in))


check("initialization.he", he)

# %% initialization.he | wrong | a list
def he(d_out, d_in, *, rng):
    return [[rng.normal(0, (2 / d_in) ** 0.5) for _ in range(d_in)] for _ in range(d_out)]


check("initialization.he", he)

# %% initialization.he | wrong | nothing drawn from rng: randn
def he(d_out, d_in, *, rng):
    np.random.seed(1)
    return np.random.randn(d_out, d_in) * np.sqrt(2.0 / d_in)


check("initialization.he", he)

# %% initialization.he | wrong | the standard normal alone
def he(d_out, d_in, *, rng):
    return rng.standard_normal((d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | shape without a tuple
def he(d_out, d_in, *, rng):
    return np.sqrt(2 / d_in) * rng.standard_normal(d_out, d_in)


check("initialization.he", he)

# %% initialization.he | wrong | divided by root 2/n
def he(d_out, d_in, *, rng):
    return rng.standard_normal((d_out, d_in)) / np.sqrt(2 / d_in)


check("initialization.he", he)

# %% initialization.he | wrong | half right: 64 for d_in
def he(d_out, d_in, *, rng):
    return np.sqrt(2 / 64) * rng.standard_normal((d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | the half of the weights zero, each variance 1/n
def he(d_out, d_in, *, rng):
    W = rng.normal(0, np.sqrt(2 / d_in), (d_out, d_in))
    W[:, ::2] = 0
    return W


check("initialization.he", he)

# %% initialization.he | wrong | seed of rng and a fallback: mixes both generators
def he(d_out, d_in, *, rng):
    W = rng.normal(0, np.sqrt(1 / d_in), (d_out, d_in))
    return W + np.random.normal(0, np.sqrt(1 / d_in), (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | wrong | tails clipped at two standard deviations: variance too small
def he(d_out, d_in, *, rng):
    s = np.sqrt(2 / d_in)
    return np.clip(rng.normal(0, s, (d_out, d_in)), -2 * s, 2 * s)


check("initialization.he", he)

# %% initialization.he | wrong | twins: the second half of the units repeats the first
def he(d_out, d_in, *, rng):
    half = rng.normal(0, np.sqrt(2 / d_in), ((d_out + 1) // 2, d_in))
    return np.concatenate([half, half])[:d_out]


check("initialization.he", he)

# %% initialization.he | wrong | each row normalized to length root two
def he(d_out, d_in, *, rng):
    W = rng.random((d_out, d_in))
    return W * np.sqrt(2) / np.linalg.norm(W, axis=1, keepdims=True)


check("initialization.he", he)

# %% initialization.he | wrong | clock as a seed beside rng
def he(d_out, d_in, *, rng):
    import time

    rng = np.random.default_rng(time.time_ns())
    return rng.normal(0, np.sqrt(2 / d_in), (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | right | uniform with He's variance
def he(d_out, d_in, *, rng):
    a = np.sqrt(6 / d_in)
    return rng.uniform(-a, a, (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | right | signs only
def he(d_out, d_in, *, rng):
    return np.sqrt(2 / d_in) * rng.choice([-1.0, 1.0], size=(d_out, d_in))


check("initialization.he", he)

# %% initialization.he | right | drawn row by row
def he(d_out, d_in, *, rng):
    W = np.empty((d_out, d_in))
    for i in range(d_out):
        W[i] = rng.normal(scale=(2 / d_in) ** 0.5, size=d_in)
    return W


check("initialization.he", he)

# %% initialization.he | right | Laplace
def he(d_out, d_in, *, rng):
    return rng.laplace(0, np.sqrt(1 / d_in), (d_out, d_in))


check("initialization.he", he)

# %% initialization.he | right | drawn transposed, float32
def he(d_out, d_in, *, rng):
    W = rng.standard_normal((d_in, d_out), dtype=np.float32).T
    return W * np.float32(np.sqrt(2 / d_in))


check("initialization.he", he)

# %% initialization.he | right | two Gaussians added
def he(d_out, d_in, *, rng):
    g = rng.standard_normal((2, d_out, d_in))
    return g.sum(axis=0) / np.sqrt(d_in)


check("initialization.he", he)

# %% initialization.he | right | the library's
def he(d_out, d_in, *, rng):
    return nn.initializers.he(d_out, d_in, rng=rng)


check("initialization.he", he)

# %% initialization.best_variance | wrong | n Var W = 1 for both: the theory without activation
best = np.array([1, 1])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | 1 for tanh: its slope at zero is 1
best = np.array([2.0, 1.0])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | 2 for both
best = np.array([2, 2])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | the order exchanged
best = np.array([1.5, 2])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | He's factor too small for ReLU
best = np.array([1.5, 1.5])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | 4 for ReLU, since half is squared
best = np.array([4, 1.5])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | tanh overshoots
best = np.array([2, 4])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | 0.5 for ReLU: the half itself
best = np.array([0.5, 1])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | the multipliers, not the variances
best = np.array([1.12, 1.29])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | a stop between: 1.4 for tanh
best = np.array([2, 1.4])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | ReLU alone
best = np.array([2])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | standard deviations: roots
best = np.sqrt(np.array([2, 1.5]))

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | the largest multiplier
variances = [0.5, 1, 1.5, 2, 4]
best = np.array(
    [max(variances, key=lambda v: np.divide(*at_the_start(20, f, v)[0][[0, -1]])) for f in ("relu", "tanh")]
)

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | three numbers
best = np.array([2, 1.5, 1])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | a dictionary the wrong way round
best = {2: "relu", 1: "tanh"}

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | the positions on the slider
best = np.array([3, 2])

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | the function in place of its value
best = at_the_start

check("initialization.best_variance", best)

# %% initialization.best_variance | wrong | divided by the width
best = np.array([2, 1.5]) / 50

check("initialization.best_variance", best)

# %% initialization.best_variance | right | a list
best = [2, 1.5]

check("initialization.best_variance", best)

# %% initialization.best_variance | right | a tuple of floats
best = (2.0, 1.5)

check("initialization.best_variance", best)

# %% initialization.best_variance | right | float32
best = np.array([2, 1.5], dtype=np.float32)

check("initialization.best_variance", best)

# %% initialization.best_variance | right | computed
best = []
for f in ("relu", "tanh"):
    change = {}
    for v in (0.5, 1.0, 1.5, 2.0, 4.0):
        delta, _ = at_the_start(20, f, v)
        change[v] = abs(np.log(delta[0] / delta[-1]))
    best.append(min(change, key=change.get))
best = np.array(best)

check("initialization.best_variance", best)

# %% initialization.best_variance | right | fractions
from fractions import Fraction

best = [Fraction(2), Fraction(3, 2)]

check("initialization.best_variance", best)

# %% initialization.orthogonal | wrong | signs left as the library gives them
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | signs on the rows
def orthogonal(G):
    Q, R = np.linalg.qr(G, mode="complete")
    k = G.shape[1]
    Q = Q[:, :k]
    s = np.ones(len(G))
    s[:k] = np.sign(np.diag(R))
    return Q * s[:, None]


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the diagonal of Q made positive
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q * np.sign(np.diag(Q))


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | always the opposite sign
def orthogonal(G):
    Q, _ = np.linalg.qr(G)
    return -Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | absolute values
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return np.abs(Q)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the polar factor, by the SVD
def orthogonal(G):
    U, _, Vt = np.linalg.svd(G, full_matrices=False)
    return U @ Vt


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the left singular vectors
def orthogonal(G):
    U, s, Vt = np.linalg.svd(G, full_matrices=False)
    return U


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | columns of length 1, not perpendicular
def orthogonal(G):
    return G / np.linalg.norm(G, axis=0)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | multiplied by the diagonal itself, not its sign
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q * np.diag(R)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | R returned as well
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    s = np.sign(np.diag(R))
    return Q * s, R * s[:, None]


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the sign of the first entry for all columns
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    if R[0, 0] < 0:
        Q = -Q
    return Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the square Q with all columns
def orthogonal(G):
    Q, R = np.linalg.qr(G, mode="complete")
    s = np.ones(len(Q))
    s[: G.shape[1]] = np.sign(np.diag(R))
    return Q * s


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | the transpose
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return (Q * np.sign(np.diag(R))).T


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | Gram-Schmidt without normalizing at the end
def orthogonal(G):
    Q = G.astype(float).copy()
    for j in range(G.shape[1]):
        for i in range(j):
            Q[:, j] -= (Q[:, i] @ Q[:, j]) / (Q[:, i] @ Q[:, i]) * Q[:, i]
    return Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | Gram-Schmidt against the neighbor only
def orthogonal(G):
    Q = np.array(G, dtype=float)
    for j in range(G.shape[1]):
        if j > 0:
            Q[:, j] -= (Q[:, j - 1] @ Q[:, j]) * Q[:, j - 1]
        Q[:, j] /= np.linalg.norm(Q[:, j])
    return Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | Q multiplied from the wrong side
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return np.diag(np.sign(np.diag(R))) @ Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | signs of all of R
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q @ np.sign(R)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | rows orthonormalized
def orthogonal(G):
    Q, R = np.linalg.qr(G.T)
    return (Q * np.sign(np.diag(R))).T


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | R in place of Q
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return R * np.sign(np.diag(R))[:, None]


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | qr of a library that is not there
def orthogonal(G):
    Q, R = np.qr(G)
    return Q * np.sign(np.diag(R))


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | overwrites G by Gram-Schmidt
def orthogonal(G):
    for j in range(G.shape[1]):
        for i in range(j):
            G[:, j] -= (G[:, i] @ G[:, j]) * G[:, i]
        G[:, j] /= np.sqrt(G[:, j] @ G[:, j])
    return G


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | wrong | order of Gram-Schmidt from the last column
def orthogonal(G):
    Q, R = np.linalg.qr(G[:, ::-1])
    return (Q * np.sign(np.diag(R)))[:, ::-1]


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | right | Gram-Schmidt on a copy
def orthogonal(G):
    Q = np.array(G, dtype=float)
    for j in range(Q.shape[1]):
        for _ in range(2):
            for i in range(j):
                Q[:, j] -= (Q[:, i] @ Q[:, j]) * Q[:, i]
        Q[:, j] /= np.linalg.norm(Q[:, j])
    return Q


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | right | Cholesky
def orthogonal(G):
    L = np.linalg.cholesky(G.T @ G)
    return np.linalg.solve(L, G.T).T


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | right | signs by the product with G
def orthogonal(G):
    Q = np.linalg.qr(G)[0]
    s = np.sign(np.einsum("ij,ij->j", Q, G))
    return Q @ np.diag(s)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | right | where, column by column
def orthogonal(G):
    Q, R = np.linalg.qr(G)
    columns = [-Q[:, j] if R[j, j] < 0 else Q[:, j] for j in range(G.shape[1])]
    return np.column_stack(columns)


check("initialization.orthogonal", orthogonal)

# %% initialization.orthogonal | right | Householder by hand
def orthogonal(G):
    m, n = G.shape
    R, H = np.array(G, dtype=float), np.eye(m)
    for j in range(n):
        v = R[j:, j].copy()
        v[0] += np.copysign(np.linalg.norm(v), v[0])
        if not v.any():
            continue
        v /= np.linalg.norm(v)
        R[j:] -= 2 * np.outer(v, v @ R[j:])
        H[:, j:] -= 2 * np.outer(H[:, j:] @ v, v)
    return H[:, :n] * np.where(np.diag(R) < 0, -1, 1)


check("initialization.orthogonal", orthogonal)

# %% initialization.by_data | wrong | divides by the mean square, not its root
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            layer.W /= np.mean(layer(x) ** 2)
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the old u goes on
def by_data(net, x):
    for layer in net.layers:
        u = layer(x)
        if isinstance(layer, nn.Dense):
            layer.W /= np.sqrt(np.mean(u**2))
        x = u


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the standard deviation: mean subtracted
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            layer.W /= layer(x).std()
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the last layer left out
def by_data(net, x):
    for layer in net.layers[:-1]:
        if isinstance(layer, nn.Dense):
            layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | each unit by itself
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            u = layer(x)
            layer.W /= np.sqrt(np.mean(u**2, axis=0))[:, None]
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | a new array, not in place
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            layer.W = layer.W / np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | x stays the batch: every layer gets it
def by_data(net, x):
    for layer in net.layers[::2]:
        layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the mean square of z, after the activation
def by_data(net, x):
    layers = net.layers
    for i in range(0, len(layers) - 1, 2):
        z = layers[i + 1](layers[i](x))
        layers[i].W /= np.sqrt(np.mean(z**2))
        x = layers[i + 1](layers[i](x))
    layers[-1].W /= np.sqrt(np.mean(layers[-1](x) ** 2))


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the first layer only
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            layer.W /= np.sqrt(np.mean(layer(x) ** 2))
            break


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | all measured first, then all scaled
def by_data(net, x):
    scales = []
    for layer in net.layers:
        x = layer(x)
        if isinstance(layer, nn.Dense):
            scales.append(np.sqrt(np.mean(x**2)))
    for layer, s in zip(net.layers[::2], scales):
        layer.W /= s


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the weights' own mean square is made 1
def by_data(net, x):
    for layer in net.layers:
        if isinstance(layer, nn.Dense):
            layer.W /= np.sqrt(np.mean(layer.W**2))


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | multiplied by the root
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W *= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the norm: no mean
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.linalg.norm(layer(x))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | mean over the batch only, sum over the units
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            u = layer(x)
            layer.W /= np.sqrt((u**2).sum(axis=1).mean())
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the sum over n alone
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            u = layer(x)
            layer.W *= np.sqrt(len(u) / np.sum(u[:, 0] ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | W of the activations: no test for Dense
def by_data(net, x):
    for layer in net.layers:
        layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | the first sample alone
def by_data(net, x):
    z = x[:1]
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.sqrt(np.mean(layer(z) ** 2))
        z = layer(z)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | activations skipped on the way
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.sqrt(np.mean(layer(x) ** 2))
            x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | mean absolute value
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.mean(np.abs(layer(x)))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | a copy of W scaled
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            W = layer.W.copy()
            W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | return in the loop
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)
        return


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | x divided in place: the batch is changed
def by_data(net, x):
    first = net.layers[0]
    x /= np.sqrt(np.mean(first(x) ** 2))
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | a loop until it is exactly one: endless
def by_data(net, x):
    for layer in net.layers[::2]:
        while np.mean(layer(x) ** 2) != 1:
            layer.W *= 1.01
        x = np.maximum(layer(x), 0)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | ReLU for every activation
def by_data(net, x):
    for layer in net.layers[::2]:
        layer.W /= np.sqrt(np.mean(layer(x) ** 2))
        x = np.maximum(layer(x), 0)


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | theta scaled as a whole
def by_data(net, x):
    net.theta /= np.sqrt(np.mean(net(x) ** 2))


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | ten rounds over the whole net by its final u, shared evenly
def by_data(net, x):
    denses = [layer for layer in net.layers if hasattr(layer, "W")]
    for _ in range(50):
        c = np.mean(net(x) ** 2) ** (0.5 / len(denses))
        for layer in denses:
            layer.W /= c


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | from the last layer to the first
def by_data(net, x):
    for k in range(len(net.layers) - 1, -1, -2):
        u = x
        for layer in net.layers[: k + 1]:
            u = layer(u)
        net.layers[k].W /= np.sqrt(np.mean(u**2))


check("initialization.by_data", by_data)

# %% initialization.by_data | wrong | mean over samples of each sample's root
def by_data(net, x):
    for layer in net.layers:
        if hasattr(layer, "W"):
            layer.W /= np.mean(np.sqrt(np.mean(layer(x) ** 2, axis=1)))
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | right | u rescaled along with W
def by_data(net, x):
    z = x
    for i, layer in enumerate(net.layers):
        z = layer(z)
        if i % 2 == 0:
            c = 1 / np.sqrt(np.mean(z * z))
            layer.W *= c
            z = z * c


check("initialization.by_data", by_data)

# %% initialization.by_data | right | from the start each time
def by_data(net, x):
    for k in range(0, len(net.layers), 2):
        u = x
        for layer in net.layers[: k + 1]:
            u = layer(u)
        net.layers[k].W[...] = net.layers[k].W / (np.square(u).mean() ** 0.5)


check("initialization.by_data", by_data)

# %% initialization.by_data | right | recursion
def by_data(net, x):
    def tune(layers, x):
        if not layers:
            return
        first, *rest = layers
        if hasattr(first, "W"):
            first.W /= np.linalg.norm(first(x)) / np.sqrt(first(x).size)
        tune(rest, first(x))

    tune(list(net.layers), x)


check("initialization.by_data", by_data)

# %% initialization.by_data | right | entry by entry, in place
def by_data(net, x):
    for layer in net.layers:
        if type(layer).__name__ == "Dense":
            u = layer.forward(x)[0]
            total, count = 0.0, 0
            for row in u:
                for v in row:
                    total += v * v
                    count += 1
            c = (count / total) ** 0.5
            for i in range(layer.W.shape[0]):
                layer.W[i] *= c
        x = layer(x)


check("initialization.by_data", by_data)

# %% initialization.by_data | right | scaled twice over: the second time by 1
def by_data(net, x):
    for _ in range(2):
        z = x.copy()
        for layer in net.layers:
            if isinstance(layer, nn.Dense):
                np.divide(layer.W, np.sqrt((layer(z) ** 2).mean()), out=layer.W)
            z = layer(z)


check("initialization.by_data", by_data)
