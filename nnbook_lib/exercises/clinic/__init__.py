"""The clinic: exercises on networks that do not learn, a file for each patient.

`networks.py` holds the patients themselves and their courses, `trials.py` runs a learner's cure. A
new patient is a row of PATIENTS in networks.py, a file here, imported below in the order of the text,
and its cells (figure, task, hints, solution) in `book/exercises/clinic.ipynb`.
"""

from . import (
    patient_01_unscaled_inputs,
    patient_02_rate_too_large,
    patient_03_vanishing_gradients,
    patient_04_softmax_twice,
    patient_05_shuffled_labels,
    patient_06_dead_relus,
    patient_07_gradient_not_zeroed,
    patient_08_zero_initialization,
    patient_09_batch_norm_mode,
    patient_10_11_loss_by_hand,
    patient_12_saturated_sigmoids,
    patient_13_rate_too_small,
    patient_14_exploding_rnn,
    patient_15_sign_in_backward,
)
from .networks import PATIENTS, Patient, course, patient

__all__ = ["PATIENTS", "Patient", "course", "patient"]
