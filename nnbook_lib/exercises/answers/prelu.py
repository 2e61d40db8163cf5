"""A ReLU whose left slope is learned, and the same with mistakes."""

from __future__ import annotations

import numpy as np

from ...layer import Layer


class PReLU(Layer):
    """z = u for u > 0, else a u, with one slope a that is learned. He et al. 2015, eq. 1."""

    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        """z, and what backward needs."""
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class Assigned(PReLU):
    """Sets da instead of adding to it."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da[...] = np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class Averaged(PReLU):
    """Averages where it should add."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.mean(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class AllOfU(PReLU):
    """Counts the u on the right, too."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * u)
        return dz * np.where(u > 0, 1.0, self.a)


class Scaled(PReLU):
    """Multiplies da with a."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * self.a * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class Plain(PReLU):
    """Has ReLU's slope."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * (u > 0)


class Max(PReLU):
    """Takes the larger of u and a u."""

    def forward(self, u, train=False):
        """z, and what backward needs."""
        return np.maximum(u, self.a * u), u


class SavesZ(PReLU):
    """Saves z in the place of u."""

    def forward(self, u, train=False):
        """z, and what backward needs."""
        z = np.where(u > 0, u, self.a * u)
        return z, z


class Frozen(PReLU):
    """Collects no gradient."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        return dz * np.where(u > 0, 1.0, self.a)


class OnSelf(PReLU):
    """Keeps u on itself."""

    def forward(self, u, train=False):
        """z, and what backward needs."""
        self.u = u
        return super().forward(u)[0], None

    def backward(self, dz, saved):
        """dL/du; adds to da."""
        return super().backward(dz, self.u)


class OneAtZero(PReLU):
    """Has slope 1 at the corner."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        return np.where(u == 0, dz, super().backward(dz, u))


class Negated(PReLU):
    """Has the other sign in da."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da -= 2 * np.sum(dz * np.minimum(u, 0))
        return super().backward(dz, u)


class WithoutU(PReLU):
    """Adds dz itself to da."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * (u <= 0))
        return dz * np.where(u > 0, 1.0, self.a)


class Divides(PReLU):
    """Saves z, and finds u by dividing by a."""

    def forward(self, u, train=False):
        """z, and what backward needs."""
        z = super().forward(u)[0]
        return z, z

    def backward(self, dz, saved):
        """dL/du; adds to da."""
        left = saved <= 0
        self.da += np.sum(dz * np.where(left, saved / self.a, 0))
        return dz * np.where(left, self.a, 1.0)


class AveragedOverSamples(PReLU):
    """Divides by the number of samples."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.minimum(u, 0)) / len(u)
        return dz * np.where(u > 0, 1.0, self.a)


class SumOverSamples(PReLU):
    """Adds up over the samples alone."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.minimum(u, 0), axis=0)
        return dz * np.where(u > 0, 1.0, self.a)


class SidesFromZ(PReLU):
    """Saves z and u, and takes the sides from z."""

    def forward(self, u, train=False):
        """z, and what backward needs."""
        z = super().forward(u)[0]
        return z, (z, u)

    def backward(self, dz, saved):
        """dL/du; adds to da."""
        z, u = saved
        self.da += np.sum(dz * np.where(z > 0, 0, u))
        return dz * np.where(z > 0, 1.0, self.a)


class MovesA(PReLU):
    """Moves its slope in backward."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        da = np.sum(dz * np.minimum(u, 0))
        self.da += da
        self.a -= 0.01 * da
        return dz * np.where(u > 0, 1.0, self.a)


class NoSlope(PReLU):
    """Hands dz down as it is."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        super().backward(dz, u)
        return 1.0 * dz


class TimesU(PReLU):
    """Has a u for its slope on the left."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a * u)


class OtherSide(PReLU):
    """Collects da on the right."""

    def backward(self, dz, u):
        """dL/du; adds to da."""
        self.da += np.sum(dz * np.maximum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)
