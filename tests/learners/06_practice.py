# %% practice.scale | wrong | test set by its own mean and std
def scale(x, x_test):
    return (x - x.mean(axis=0)) / x.std(axis=0), (x_test - x_test.mean(axis=0)) / x_test.std(axis=0)


check("practice.scale", scale)

# %% practice.scale | wrong | statistics of both sets together
def scale(x, x_test):
    both = np.vstack([x, x_test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    return (x - mean) / std, (x_test - mean) / std


check("practice.scale", scale)

# %% practice.scale | wrong | one mean and std for the whole array
def scale(x, x_test):
    return (x - x.mean()) / x.std(), (x_test - x.mean()) / x.std()


check("practice.scale", scale)

# %% practice.scale | wrong | each row by itself
def scale(x, x_test):
    m, s = x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True)
    mt, st = x_test.mean(axis=1, keepdims=True), x_test.std(axis=1, keepdims=True)
    return (x - m) / s, (x_test - mt) / st


check("practice.scale", scale)

# %% practice.scale | wrong | variance for the standard deviation
def scale(x, x_test):
    mean, var = x.mean(axis=0), x.var(axis=0)
    return (x - mean) / var, (x_test - mean) / var


check("practice.scale", scale)

# %% practice.scale | wrong | ddof=1
def scale(x, x_test):
    mu = np.mean(x, axis=0)
    sd = np.std(x, axis=0, ddof=1)
    return (x - mu) / sd, (x_test - mu) / sd


check("practice.scale", scale)

# %% practice.scale | wrong | test set untouched
def scale(x, x_test):
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    return x, x_test


check("practice.scale", scale)

# %% practice.scale | wrong | statistics after the overwriting of x
def scale(x, x_test):
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    x_test = (x_test - x.mean(axis=0)) / x.std(axis=0)
    return x, x_test


check("practice.scale", scale)

# %% practice.scale | wrong | mean before, std after overwriting
def scale(x, x_test):
    mean = x.mean(0)
    x = x - mean
    x = x / x.std(0)
    x_test = (x_test - mean) / x.std(0)
    return x, x_test


check("practice.scale", scale)

# %% practice.scale | wrong | precedence, mean divided
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    return x - m / s, x_test - m / s


check("practice.scale", scale)

# %% practice.scale | wrong | to the range 0 to 1
def scale(x, x_test):
    lo, hi = x.min(axis=0), x.max(axis=0)
    return (x - lo) / (hi - lo), (x_test - lo) / (hi - lo)


check("practice.scale", scale)

# %% practice.scale | wrong | in place on the caller's arrays
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    x -= m
    x /= s
    x_test -= m
    x_test /= s
    return x, x_test


check("practice.scale", scale)

# %% practice.scale | wrong | test array first
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    return (x_test - m) / s, (x - m) / s


check("practice.scale", scale)

# %% practice.scale | wrong | centered only
def scale(x, x_test):
    m = x.mean(axis=0)
    return x - m, x_test - m


check("practice.scale", scale)

# %% practice.scale | wrong | 0.1 added to the std against zero
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    return (x - m) / (s + 0.1), (x_test - m) / (s + 0.1)


check("practice.scale", scale)

# %% practice.scale | wrong | both joined into one array
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    return np.concatenate([(x - m) / s, (x_test - m) / s])


check("practice.scale", scale)

# %% practice.scale | right | a list from a comprehension
def scale(x, x_test):
    m, s = x.mean(axis=0), x.std(axis=0)
    return [(a - m) / s for a in (x, x_test)]


check("practice.scale", scale)

# %% practice.scale | right | a generator unpacked, column by column
def scale(x, x_test):
    a, b = np.empty(x.shape), np.empty(x_test.shape)
    for j in range(x.shape[1]):
        m = sum(x[:, j]) / len(x)
        s = (sum((x[:, j] - m) ** 2) / len(x)) ** 0.5
        a[:, j] = (x[:, j] - m) / s
        b[:, j] = (x_test[:, j] - m) / s
    return a, b


check("practice.scale", scale)

# %% practice.scale | right | a small class with fit and transform
class Scaler:
    def fit(self, x):
        self.mean_, self.scale_ = np.average(x, axis=0), np.sqrt(np.var(x, axis=0))
        return self
    def transform(self, x):
        return (x - self.mean_) / self.scale_
def scale(x, x_test):
    s = Scaler().fit(x)
    return s.transform(x), s.transform(x_test)


check("practice.scale", scale)

# %% practice.scale | right | joined, scaled, split again
def scale(x, x_test):
    both = np.concatenate([x, x_test]).astype(float)
    both -= x.mean(axis=0)
    both /= x.std(axis=0)
    return both[: len(x)], both[len(x) :]


check("practice.scale", scale)

# %% practice.scale | wrong | std of the test set, mean of the training set
def scale(x, x_test):
    m = x.mean(axis=0)
    return (x - m) / x.std(axis=0), (x_test - m) / x_test.std(axis=0)


check("practice.scale", scale)

# %% practice.scale | wrong | mean of the test set, std of the training set
def scale(x, x_test):
    s = x.std(axis=0)
    return (x - x.mean(axis=0)) / s, (x_test - x_test.mean(axis=0)) / s


check("practice.scale", scale)

# %% practice.scale | wrong | 1e-3 inside the root against zero
def scale(x, x_test):
    m, s = x.mean(axis=0), np.sqrt(x.var(axis=0) + 1e-3)
    return (x - m) / s, (x_test - m) / s


check("practice.scale", scale)

# %% practice.scale | wrong | median and interquartile range
def scale(x, x_test):
    m = np.median(x, axis=0)
    q = np.percentile(x, 75, axis=0) - np.percentile(x, 25, axis=0)
    return (x - m) / q, (x_test - m) / q


check("practice.scale", scale)

# %% practice.update_ratio | wrong | over the weight after the step
def update_ratio(before, after):
    return np.linalg.norm(after - before) / np.linalg.norm(after)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | difference of the lengths
def update_ratio(before, after):
    return (np.linalg.norm(after) - np.linalg.norm(before)) / np.linalg.norm(before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | ratio of the lengths
def update_ratio(before, after):
    return np.linalg.norm(after) / np.linalg.norm(before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | spectral norm
def update_ratio(before, after):
    step = after - before
    return np.linalg.norm(step, 2) / np.linalg.norm(before, 2)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | mean of the entries' ratios
def update_ratio(before, after):
    return np.mean(np.abs(after - before) / np.abs(before))


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | norm of the elementwise ratio
def update_ratio(before, after):
    return np.linalg.norm((after - before) / before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | no root
def update_ratio(before, after):
    return np.sum((after - before) ** 2) / np.sum(before**2)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | upside down
def update_ratio(before, after):
    return np.linalg.norm(before) / np.linalg.norm(after - before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | a norm for each row
def update_ratio(before, after):
    return np.linalg.norm(after - before, axis=1) / np.linalg.norm(before, axis=1)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | sums of absolute values
def update_ratio(before, after):
    return np.abs(after - before).sum() / np.abs(before).sum()


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | percent
def update_ratio(before, after):
    return 100 * np.linalg.norm(before - after) / np.linalg.norm(before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | the logarithm, as in the figure
def update_ratio(before, after):
    return np.log10(np.linalg.norm(after - before) / np.linalg.norm(before))


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | rounded to three digits
def update_ratio(before, after):
    return round(float(np.linalg.norm(after - before) / np.linalg.norm(before)), 3)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | largest entries
def update_ratio(before, after):
    return np.max(np.abs(after - before)) / np.max(np.abs(before))


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | the length only of the step
def update_ratio(before, after):
    return np.linalg.norm(after - before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | numpy under a wrong name
def update_ratio(before, after):
    return numpy.linalg.norm(after - before) / numpy.linalg.norm(before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | wrong | -= writes into after
def update_ratio(before, after):
    after -= before
    return np.linalg.norm(after) / np.linalg.norm(before)


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | right | hypot over all entries
import math
def update_ratio(before, after):
    step = [b - a for a, b in zip(before.ravel().tolist(), after.ravel().tolist())]
    return math.hypot(*step) / math.hypot(*before.ravel().tolist())


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | right | double loop
def update_ratio(before, after):
    up = down = 0.0
    for i in range(before.shape[0]):
        for j in range(before.shape[1]):
            up += (after[i, j] - before[i, j]) ** 2
            down += before[i, j] ** 2
    return (up / down) ** 0.5


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | right | trace and sign turned
def update_ratio(before, after):
    d = before - after
    return float(np.sqrt(np.trace(d @ d.T) / np.trace(before @ before.T)))


check("practice.update_ratio", update_ratio)

# %% practice.update_ratio | right | einsum, singular values
def update_ratio(before, after):
    s = np.linalg.svd(after - before, compute_uv=False)
    return np.sqrt((s**2).sum() / np.einsum("ij,ij", before, before))


check("practice.update_ratio", update_ratio)

# %% practice.usual_rate | wrong | the limit itself
usual_rate = 1e-3

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | the healthy patient's 0.1, ten times
usual_rate = 1

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | rate with the largest fall
usual_rate = 10

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | the median ratio, not the rate
usual_rate = float(np.median(one_step(5, "relu", 0.1)[0]))

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | the ratio nearest 1e-3 for the sigmoid
usual_rate = min(RATES, key=lambda lr: abs(np.log10(np.median(one_step(5, "sigmoid", lr)[0])) + 3))

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | the exponent
usual_rate = -2

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | an interval
usual_rate = (0.001, 0.01)

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | an index
usual_rate = 2

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | between two rates
usual_rate = 0.03

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | in words
usual_rate = "the smallest"

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | negative rate
usual_rate = -0.01

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | wrong | all ratios below
usual_rate = 1e-4

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | right | by a program
usual_rate = min(RATES, key=lambda lr: abs(np.log10(np.median(one_step(5, "relu", lr)[0])) + 3))

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | right | argmin over an array
medians = np.array([np.median(one_step(5, "relu", lr)[0]) for lr in RATES])
usual_rate = np.array(list(RATES))[np.argmin(np.abs(np.log10(medians / 1e-3)))]

check("practice.usual_rate", usual_rate)

# %% practice.usual_rate | right | a rate as a loop finds it
best = np.inf
for lr in RATES:
    off = abs(np.log10(np.median(one_step(5, "relu", lr)[0])) - np.log10(1e-3))
    if off < best:
        best, usual_rate = off, lr

check("practice.usual_rate", usual_rate)

# %% practice.suspect | wrong | >= at the first limit
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start >= 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | dead units at exactly 0.8
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead >= 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | if for elif: last hit wins
def suspect(loss_start, guess, dead, ratio, update):
    says = "healthy"
    if loss_start > 3 * guess:
        says = "outputs too large"
    if dead > 0.8:
        says = "dead units"
    if ratio < 1e-3:
        says = "vanishing gradients"
    if ratio > 1e3:
        says = "exploding gradients"
    if update > 0.1:
        says = "learning rate too large"
    if update < 1e-5:
        says = "learning rate too small"
    return says


check("practice.suspect", suspect)

# %% practice.suspect | wrong | learning rate asked before the gradient
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | more than three: difference instead of factor
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start - guess > 3:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | fixed guess, ln 10
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * np.log(10):
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | update limits exchanged
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 1e-5:
        return "learning rate too large"
    if update < 0.1:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | vanishing and exploding exchanged
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio > 1e3:
        return "vanishing gradients"
    if ratio < 1e-3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | healthy missing
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | a list of all findings
def suspect(loss_start, guess, dead, ratio, update):
    found = []
    if loss_start > 3 * guess:
        found.append("outputs too large")
    if dead > 0.8:
        found.append("dead units")
    if ratio < 1e-3:
        found.append("vanishing gradients")
    if ratio > 1e3:
        found.append("exploding gradients")
    if update > 0.1:
        found.append("learning rate too large")
    if update < 1e-5:
        found.append("learning rate too small")
    return found or ["healthy"]


check("practice.suspect", suspect)

# %% practice.suspect | wrong | misspelled: dead unit
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead unit"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | prints instead of returns
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        print("outputs too large")
    if dead > 0.8:
        print("dead units")
    if ratio < 1e-3:
        print("vanishing gradients")
    if ratio > 1e3:
        print("exploding gradients")
    if update > 0.1:
        print("learning rate too large")
    if update < 1e-5:
        print("learning rate too small")
    print("healthy")


check("practice.suspect", suspect)

# %% practice.suspect | wrong | dead in percent
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 80:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | a power with caret
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 10^-3:
        return "vanishing gradients"
    if ratio > 10^3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | 10e-3 for 1e-3, match on its log
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 10e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | first test turned: guess too large
def suspect(loss_start, guess, dead, ratio, update):
    if 3 * loss_start > guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | elif under the wrong branch, exploding never reached
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
        if ratio > 1e3:
            return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | update limit at equality, 1e-5
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update <= 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | max of the ratio and its inverse, both exploding
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if max(ratio, 1 / ratio) > 1e3:
        return "exploding gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | right | a table and next
def suspect(loss_start, guess, dead, ratio, update):
    table = [
        (loss_start > 3 * guess, "outputs too large"),
        (dead > 0.8, "dead units"),
        (ratio < 1e-3, "vanishing gradients"),
        (ratio > 1e3, "exploding gradients"),
        (update > 0.1, "learning rate too large"),
        (update < 1e-5, "learning rate too small"),
    ]
    return next((name for holds, name in table if holds), "healthy")


check("practice.suspect", suspect)

# %% practice.suspect | right | a dict in order, reversed overwriting
def suspect(loss_start, guess, dead, ratio, update):
    says = "healthy"
    if update < 1e-5:
        says = "learning rate too small"
    if update > 0.1:
        says = "learning rate too large"
    if ratio > 1e3:
        says = "exploding gradients"
    if ratio < 1e-3:
        says = "vanishing gradients"
    if dead > 0.8:
        says = "dead units"
    if loss_start > 3 * guess:
        says = "outputs too large"
    return says


check("practice.suspect", suspect)

# %% practice.suspect | right | np.select, a numpy string
def suspect(loss_start, guess, dead, ratio, update):
    holds = [loss_start > 3 * guess, dead > 0.8, ratio < 1e-3, ratio > 1e3, update > 0.1, update < 1e-5]
    names = ["outputs too large", "dead units", "vanishing gradients", "exploding gradients",
             "learning rate too large", "learning rate too small"]
    return np.select(holds, names, "healthy").item()


check("practice.suspect", suspect)

# %% practice.suspect | right | one chain of conditional expressions
def suspect(loss_start, guess, dead, ratio, update):
    return (
        "outputs too large" if loss_start > guess + guess + guess
        else "dead units" if not dead <= 0.8
        else "vanishing gradients" if ratio < 0.001
        else "exploding gradients" if ratio > 1000
        else "learning rate too large" if update > 1 / 10
        else "learning rate too small" if update < 0.00001
        else "healthy"
    )


check("practice.suspect", suspect)

# %% practice.suspect | right | match with guards
def suspect(loss_start, guess, dead, ratio, update):
    match (loss_start, dead, ratio, update):
        case (l, _, _, _) if l > 3 * guess:
            return "outputs too large"
        case (_, d, _, _) if d > 0.8:
            return "dead units"
        case (_, _, r, _) if r < 1e-3:
            return "vanishing gradients"
        case (_, _, r, _) if r > 1e3:
            return "exploding gradients"
        case (_, _, _, u) if u > 0.1:
            return "learning rate too large"
        case (_, _, _, u) if u < 1e-5:
            return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | exploding at exactly 1e3
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio >= 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | vanishing at exactly 1e-3
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio <= 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | rate limit of 0.1 included
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update >= 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | limit 0.5 for the dead
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.5:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | limit 1e-4 for the small rate
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-4:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | twice the guess
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 2 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | exploding above 100
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 100:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.suspect | wrong | dead units all, only at 1
def suspect(loss_start, guess, dead, ratio, update):
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead == 1:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


check("practice.suspect", suspect)

# %% practice.accumulate | wrong | only the second
grad = 6

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | the value, not the derivative
grad = 9

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | twice the value
grad = 18

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | w**2 + w**2 by w, then squared
grad = 36

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | subtracted, none left
grad = 0

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | 2 + 2
grad = 4

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | squared derivative
grad = 24

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | derivative of w^4
grad = 4 * 3**3

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | second derivative
grad = 2

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | a mean of the two
grad = (6 + 6) // 2

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | error, the graph was freed
grad = "RuntimeError"

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | value plus derivative
grad = 3**2 + 2 * 3

check("practice.accumulate", grad)

# %% practice.accumulate | wrong | one number for each call
grad = [6, 6]

check("practice.accumulate", grad)

# %% practice.accumulate | right | float
grad = 12.0

check("practice.accumulate", grad)

# %% practice.accumulate | right | an expression
w = 3.0
grad = 2 * w + 2 * w

check("practice.accumulate", grad)

# %% practice.accumulate | right | Fraction
from fractions import Fraction
grad = Fraction(12)

check("practice.accumulate", grad)

# %% practice.accumulate | right | accumulated in a loop by differences
grad = 0
for _ in range(2):
    grad += ((3 + 1e-6) ** 2 - (3 - 1e-6) ** 2) / 2e-6

check("practice.accumulate", grad)

# %% practice.accumulate | right | a numpy array with no axis
grad = np.array(12.0)

check("practice.accumulate", grad)

# %% practice.script | wrong | only the gradient is mended
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    for _ in range(epochs):
        for start in range(0, len(x), batch):
            rows = slice(start, start + batch)
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | pixels still raw
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    for _ in range(epochs):
        perm = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = perm[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | inputs shuffled, targets not
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = (x - 8) / 8
    for _ in range(epochs):
        xs = rng.permutation(x)
        for start in range(0, len(x), batch):
            rows = slice(start, start + batch)
            nn.loss_and_grad(net, loss, xs[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | two permutations, one for x and one for t
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = (x - x.mean()) / x.std()
    for _ in range(epochs):
        xs, ts = x[rng.permutation(len(x))], t[rng.permutation(len(t))]
        for start in range(0, len(x), batch):
            rows = slice(start, start + batch)
            nn.loss_and_grad(net, loss, xs[rows], ts[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | grad reset once an epoch, not each batch
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = x / 8 - 1
    for _ in range(epochs):
        grad = np.zeros_like(net.grad)
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            grad += net.grad
            net.theta -= lr * grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | shuffled once, before the epochs
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    p = rng.permutation(len(x))
    x, t = x[p] / 8 - 1, t[p]
    for _ in range(epochs):
        for start in range(0, len(x), batch):
            rows = slice(start, start + batch)
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | writes into the given arrays
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x -= 8
    x /= 8
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | columns divided by a std of 0: nan
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | divided again in each epoch
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    for _ in range(epochs):
        x = x / 16
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | the last, smaller batch is dropped
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = (x - 8) / 8
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x) - batch + 1, batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | one update an epoch: step outside the batch loop
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = x / 8 - 1
    for _ in range(epochs):
        grad = np.zeros_like(net.grad)
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            grad += net.grad
        net.theta -= lr * grad
    return net


check("practice.script", training_script)

# %% practice.script | wrong | np.random instead of rng
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    x = x / 8 - 1
    for _ in range(epochs):
        order = np.random.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | right | nn.train does it all
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    scaled = (x - x.mean()) / x.std()
    for _ in nn.train(net, loss, nn.SGD(lr), scaled, t, batch=batch, epochs=epochs, rng=rng):
        pass
    return net


check("practice.script", training_script)

# %% practice.script | right | each column standardized, constant ones kept from 0/0
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    s = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(s > 0, s, 1)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | right | grad kept, but zeroed in the inner loop; rng.shuffle
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    pixels = np.array(x, dtype=float) / 8 - 1
    places = np.arange(len(x))
    grad = np.zeros_like(net.grad)
    for _ in range(epochs):
        rng.shuffle(places)
        for start in range(0, len(x), batch):
            grad[:] = 0
            rows = places[start : start + batch]
            nn.loss_and_grad(net, loss, pixels[rows], t[rows])
            grad += net.grad
            net.theta -= lr * grad
    return net


check("practice.script", training_script)

# %% practice.script | right | scaled batch by batch, order by argsort of noise
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    def small(part):
        return (part - 8.0) / 8.0

    for _ in range(epochs):
        order = np.argsort(rng.random(len(x)))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            nn.loss_and_grad(net, loss, small(x[rows]), t[rows])
            net.theta = net.theta - lr * net.grad
    return net


check("practice.script", training_script)

# %% practice.script | right | a while loop, lists of indices, SGD object
def training_script(net, loss, x, t, lr, batch, epochs, rng):
    sgd = nn.SGD(lr)
    mu, sd = np.mean(x), np.std(x)
    e = 0
    while e < epochs:
        left = rng.choice(len(x), size=len(x), replace=False).tolist()
        while left:
            rows, left = left[:batch], left[batch:]
            nn.loss_and_grad(net, loss, (x[rows] - mu) / sd, t[rows])
            sgd.step(net.theta, net.grad)
        e += 1
    return net


check("practice.script", training_script)
