"""What an array holds, by the names that signatures use."""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]
Instants = npt.NDArray[np.datetime64]  # datetime64[s]: local wall-clock time, NaT = unknown
