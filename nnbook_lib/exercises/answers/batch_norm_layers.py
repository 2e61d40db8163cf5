"""Batch normalization as a layer, with something exchanged or left out."""

from __future__ import annotations

from ...norm import BatchNorm


class Forgetful(BatchNorm):
    """Sets its gradients instead of adding to them."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        self.zero_grad()
        return super().backward(dy, saved)


class AlwaysTraining(BatchNorm):
    """Uses the batch in evaluation too."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        return super().forward(x, train=True)


class Learned(BatchNorm):
    """Collects no gradients."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        dx = super().backward(dy, saved)
        self.zero_grad()
        return dx


class ForgetsInEvaluation(BatchNorm):
    """Collects gradients in training only."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        before = self.dgamma.copy(), self.dbeta.copy()
        dx = super().backward(dy, saved)
        if saved[2] is None:
            self.dgamma[...], self.dbeta[...] = before
        return dx


class NeverTracking(BatchNorm):
    """Keeps no running averages."""

    def track(self, saved):
        """Nothing."""


class Impure(NeverTracking):
    """Moves its running averages in forward."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        y, saved = super().forward(x, train)
        BatchNorm.track(self, saved)
        return y, saved


class TracksInBackward(NeverTracking):
    """Moves its running averages in backward."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        BatchNorm.track(self, saved)
        return super().backward(dy, saved)


class EvalBackward(BatchNorm):
    """Takes the training formula backward in evaluation."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return super().backward(dy, (*saved[:2], (None, None, len(dy))))


class ConstantsBackward(BatchNorm):
    """Takes mean and variance for constants in training too."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return super().backward(dy, (*saved[:2], None))


class TracksEvaluation(BatchNorm):
    """Moves its running averages behind a pass in evaluation, too."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        y, (xh, inv_std, batch) = super().forward(x, train)
        return y, (xh, inv_std, batch, (x.mean(0), x.var(0), len(x)))

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return super().backward(dy, saved[:3])

    def track(self, saved):
        """As BatchNorm's."""
        super().track((*saved[:2], saved[3]))


class OnSelf(BatchNorm):
    """Keeps what backward needs on itself."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        y, self.saved = super().forward(x, train)
        return y, None

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return super().backward(dy, self.saved)

    def track(self, saved):
        """As BatchNorm's."""
        super().track(self.saved)


class DividesByN(BatchNorm):
    """Its running variance is that of the batch as it is."""

    def track(self, saved):
        """As BatchNorm's."""
        *rest, batch = saved
        if batch is not None:
            mean, var, n = batch
            super().track((*rest, (mean, var * (n - 1) / n, n)))


class KerasMomentum(BatchNorm):
    """Its running averages keep one tenth, and the batch adds nine."""

    def __init__(self, d):
        super().__init__(d, momentum=0.9)


class Unscaled(BatchNorm):
    """Leaves gamma and beta out of y, and gamma out of dx."""

    def forward(self, x, train=False):
        """x_hat alone."""
        _, saved = super().forward(x, train)
        return saved[0], saved

    def backward(self, dy, saved):
        """As BatchNorm's, without gamma."""
        return super().backward(dy, saved) / self.gamma


class UnscaledForward(Unscaled):
    """Leaves gamma and beta out of y alone."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return BatchNorm.backward(self, dy, saved)


class UnscaledBackward(Unscaled):
    """Leaves gamma out of dx alone."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        return BatchNorm.forward(self, x, train)


class Averaged(BatchNorm):
    """Collects means over the batch."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        before = self.dgamma.copy(), self.dbeta.copy()
        dx = super().backward(dy, saved)
        self.dgamma[...] = before[0] + (self.dgamma - before[0]) / len(dy)
        self.dbeta[...] = before[1] + (self.dbeta - before[1]) / len(dy)
        return dx


class ForEachSample(BatchNorm):
    """Adds to the gradients without a sum over the batch."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        self.dgamma += dy * saved[0]
        self.dbeta += dy
        return dy


class FromCollected(BatchNorm):
    """Makes dx of what dgamma and dbeta have collected."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        x_hat, inv_std, batch = saved
        self._collect(dy, x_hat)
        if batch is not None:
            dy = dy - self.dbeta / len(dy) - x_hat * self.dgamma / len(dy)
        return self.gamma * inv_std * dy


class FlagOnSelf(BatchNorm):
    """Keeps on itself whether it was a pass of training."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        self.training = train
        return super().forward(x, train)

    def backward(self, dy, saved):
        """As BatchNorm's."""
        return super().backward(dy, saved if self.training else (*saved[:2], None))


class MovesGamma(BatchNorm):
    """Moves gamma in backward."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        dx = super().backward(dy, saved)
        self.gamma -= 0.1 * self.dgamma
        return dx


class WritesIntoDy(BatchNorm):
    """Scales dy in place."""

    def backward(self, dy, saved):
        """As BatchNorm's."""
        dx = super().backward(dy, saved)
        dy *= self.gamma
        return dx


class WritesIntoX(BatchNorm):
    """Centers x in place."""

    def forward(self, x, train=False):
        """As BatchNorm's."""
        result = super().forward(x, train)
        x -= x.mean(0) if train else self.running_mean
        return result


class AroundRunningMean(BatchNorm):
    """Takes the batch's variance around the new running mean."""

    def track(self, saved):
        """As BatchNorm's."""
        *rest, batch = saved
        if batch is not None:
            mean, var, n = batch
            moved_mean = self.running_mean + 0.1 * (mean - self.running_mean)
            super().track((*rest, (mean, var + (mean - moved_mean) ** 2, n)))


class SwapsInTrack(BatchNorm):
    """Takes the batch's variance for its mean, and the mean for its variance."""

    def track(self, saved):
        """As BatchNorm's."""
        *rest, batch = saved
        if batch is not None:
            mean, var, n = batch
            super().track((*rest, (var, mean, n)))
