"""What the padding page says about settings, against Keras."""

import keras
import pytest

from cnnviz.labs import padding as padding_lab
from cnnviz.labs.sliding import Sliding


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("kernel", "stride", "dilation"), [((3, 5), 2, 1), ((2, 3), 1, 3)])
def test_the_line_of_code_builds_that_output(padding, kernel, stride, dilation):
    setting = Sliding((19, 23), kernel, stride, padding, dilation)
    layer = eval(padding_lab.keras_line(setting), {"Conv2D": keras.layers.Conv2D})
    assert layer.compute_output_shape((1, 19, 23, 1)) == (1, *setting.output(), 1)


def test_keras_refuses_what_is_said_to_be_refused():
    setting = Sliding((19, 23), (3, 3), 2, "valid", 2)
    assert "stride of 2 together with a dilation of 2" in padding_lab.refusal(setting)
    with pytest.raises(ValueError, match="dilation_rate"):
        eval(padding_lab.keras_line(setting), {"Conv2D": keras.layers.Conv2D})
    assert padding_lab.refusal(Sliding((19, 23), (3, 3), 1, "valid", 2)) == ""
