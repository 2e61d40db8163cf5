"""Patient 15 of the clinic: a sign error in a backward."""

from __future__ import annotations

import numpy as np

from ...layer import Layer
from ..answers.layers import backward, forward
from ..exercise import Case, Mistake, add


def layer_with(back, f=np.tanh, keep_u=False):
    class Tanh(Layer):
        def forward(self, u, train=False):
            z = f(u)
            return z, (u if keep_u else z)

        def backward(self, dz, saved):
            return back(dz, saved)

    return Tanh


def there_and_back(Tanh, u, dz):
    layer = Tanh if isinstance(Tanh, Layer) else Tanh()
    z, saved = forward(layer, u)
    forward(layer, 1 - u)  # as where it stands in a second place
    return z, backward(layer, dz, saved)


class OnSelf(Layer):
    """Keeps its output on itself."""

    def forward(self, u, train=False):
        self.z = np.tanh(u)
        return self.z, None

    def backward(self, dz, saved):
        return dz * (1 - self.z**2)


add(
    "clinic.patient_15",
    "Patient 15: works against itself",
    level=1,
    reference=layer_with(lambda dz, z: dz * (1 - z * z)),
    call=there_and_back,
    outputs=("z", "du"),
    cases=lambda rng: [
        Case("one number", np.array([[0.5]]), np.array([[1.0]])),
        Case("two rows", np.array([[0.0, 1.0], [-1.0, 2.0]]), np.array([[1.0, -1.0], [2.0, 0.5]])),
        Case("five random rows", rng.normal(size=(5, 3)), rng.normal(size=(5, 3))),
    ],
    remark="The same z saves memory and time: no second tanh on the way back. And one call of nn.check_layer "
    "finds a wrong sign, a wrong factor and a wrong shape alike.",
    mistakes=[
        Mistake(
            "Still ill: du points the wrong way. tanh rises everywhere, so its slope is nowhere negative.",
            layer_with(lambda dz, z: dz * (z * z - 1)),
        ),
        Mistake(
            "You turned the sign a second time, in forward. Now backward is the derivative of what forward "
            "computes, and the network learns, but the layer is called Tanh and is −tanh.",
            layer_with(lambda dz, z: dz * (z * z - 1), lambda u: -np.tanh(u)),
        ),
        Mistake(
            "You took the size of everything: where dz is negative, du must be negative too. Only the slope "
            "is never negative.",
            layer_with(lambda dz, z: np.abs(dz) * (1 - z * z)),
        ),
        Mistake(
            "The slope alone is not the gradient: the chain rule multiplies it with dz, which comes from "
            "above.",
            layer_with(lambda dz, z: 1 - z * z),
        ),
        Mistake(
            "The sign is right, and the slope is taken at z instead of u: z is already tanh(u), so the slope "
            "is 1 − z², without another tanh.",
            layer_with(lambda dz, z: dz * (1 - np.tanh(z) ** 2)),
        ),
        Mistake(
            "forward saves u now, and backward still takes it for z: 1 − u² is no slope of tanh.",
            layer_with(lambda dz, u: dz * (1 - u * u), keep_u=True),
        ),
        Mistake(
            "The slope is right, and z is kept on the layer: where the layer stands in two places, the "
            "second forward overwrites it. Let backward use the `saved` that it is handed.",
            OnSelf,
        ),
        Mistake(
            "You divide by the slope. Going back, dz is multiplied with it: du = dz · tanh′(u).",
            layer_with(lambda dz, z: dz / (1 - z * z)),
        ),
        Mistake(
            "(1 − z)² is not 1 − z². The slope is (1 − z)(1 + z).",
            layer_with(lambda dz, z: dz * (1 - z) ** 2),
        ),
        Mistake(
            "That is the sigmoid's slope, z (1 − z). tanh's is 1 − z².",
            layer_with(lambda dz, z: dz * z * (1 - z)),
        ),
        Mistake(
            "The sign is the other one now, of z² and not of the whole: 1 + z² is above 1, and tanh's slope "
            "is nowhere. It is 1 − z².",
            layer_with(lambda dz, z: dz * (1 + z * z)),
        ),
    ],
)
