from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from kyodo_analysis.charts import Style
from kyodo_analysis.charts.style import LINE_POINTS

LEAST_DIFFERENCE = 15


def lightness(color):
    """Return CIE L* of an sRGB colour, after IEC 61966-2-1 and CIE 1976."""
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return 116 * np.cbrt(luminance) - 16 if luminance > 0.008856 else 903.3 * luminance


@pytest.mark.parametrize("variant", ["mono", "colour"])
def test_plain_tones_stay_apart_in_grey(variant):
    plain = [tone.color for tone in Style(variant).tones if not tone.hatch]
    differences = [abs(lightness(a) - lightness(b)) for a, b in combinations(plain, 2)]
    assert min(differences) >= LEAST_DIFFERENCE


@pytest.mark.parametrize("variant", ["mono", "colour"])
def test_tones_of_the_same_colour_differ_by_their_hatch(variant):
    tones = Style(variant).tones
    assert len(set(tones)) == len(tones) == 5


@pytest.mark.parametrize("variant", ["mono", "colour"])
def test_the_ramp_goes_from_white_to_dark_without_turning_back(variant):
    ramp = LinearSegmentedColormap.from_list("ramp", Style(variant).ramp)
    shades = [lightness(ramp(x)) for x in np.linspace(0, 1, 50)]
    assert shades[0] == pytest.approx(100)
    assert all(np.diff(shades) < 0)


def test_the_style_holds_inside_the_block_only():
    before = mpl.rcParams.copy()
    with Style().drawing():
        assert mpl.rcParams["font.family"] == ["IPAexGothic"]
        assert mpl.rcParams["axes.linewidth"] == LINE_POINTS
        assert mpl.rcParams["text.parse_math"] is False
    assert mpl.rcParams == before


def test_an_analysts_own_settings_do_not_reach_the_figures():
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red"}), Style().drawing():
        assert mpl.rcParams["font.size"] == 8
        assert mpl.rcParams["axes.facecolor"] == "white"
