"""Make the lists of surnames and given names of the privacy room anew from Janome's IPADIC.

``python benchmarks/name_lists.py`` writes ``src/kyodo_analysis/privacy/names_ipadic.txt``. Given
names that are ordinary words as well (定年, 達成) are left out, but for those that end as names do.
"""

import re
from collections import defaultdict
from pathlib import Path

from kyodo_analysis.privacy.name_words import listed_names
from kyodo_analysis.privacy.whole_names import is_whole_name
from kyodo_analysis.words.fast_janome.lexicon import _BUCKETS, _read_bucket

TARGET = Path(__file__).parent.parent / "src/kyodo_analysis/privacy/names_ipadic.txt"
SURNAME, GIVEN, OTHER_NAMES = 1290, 1291, (1288, 1289, 1292, 1293, 1294)
KANJI = re.compile("[一-龥々ヶノツ]{1,4}")
KANA = re.compile("[ぁ-ゖ]{2,4}|[ァ-ヴー]{2,5}")
LIKE_A_NAME = re.compile(".*[子美郎彦雄恵枝江介輔]")
PER_LINE = 40
NOTICE = """# Names from IPADIC (mecab-ipadic 2.7.0), as Janome distributes it; made by benchmarks/name_lists.py.
#
# Copyright 2000, 2001, 2002, 2003 Nara Institute of Science and Technology. All Rights Reserved.
#
# Use, reproduction, and distribution of this software is permitted. Any copy of this software,
# whether in its original form or modified, must include both the above copyright notice and the
# following paragraphs.
#
# Nara Institute of Science and Technology (NAIST), the copyright holders, disclaims all warranties
# with regard to this software, including all implied warranties of merchantability and fitness, in
# no event shall NAIST be liable for any special, indirect or consequential damages or any damages
# whatsoever resulting from loss of use, data or profits, whether in an action of contract,
# negligence or other tortuous action, arising out of or in connection with the use or performance
# of this software.
#
# A large portion of the dictionary entries originate from ICOT Free Software. The following
# conditions for ICOT Free Software applies to the current dictionary as well.
#
# Each User may also freely distribute the Program, whether in its original form or modified, to
# any third party or parties, PROVIDED that the provisions of Section 3 ("NO WARRANTY") will ALWAYS
# appear on, or be attached to, the Program, which is distributed substantially in the same form as
# set out herein and that such intended distribution, if actually made, will neither violate or
# otherwise contravene any of the laws and regulations of the countries having jurisdiction over
# the User or the intended distribution itself.
#
# NO WARRANTY
#
# The program was produced on an experimental basis in the course of the research and development
# conducted during the project and is provided to users as so produced on an experimental basis.
# Accordingly, the program is provided without any warranty whatsoever, whether express, implied,
# statutory or otherwise. The term "warranty" used herein includes, but is not limited to, any
# warranty of the quality, performance, merchantability and fitness for a particular purpose of the
# program and the nonexistence of any infringement or violation of any right of any third party.
#
# Each user of the program will agree and understand, and be deemed to have agreed and understood,
# that there is no warranty whatsoever for the program and, accordingly, the entire risk arising
# from or otherwise connected with the program is assumed by the user.
#
# Therefore, neither ICOT, the copyright holder, or any other organization that participated in or
# was otherwise related to the development of the program and their respective officials, directors,
# officers and other employees shall be held liable for any and all damages, including, without
# limitation, general, special, incidental and consequential damages, arising out of or otherwise in
# connection with the use or inability to use the program or any product, material or result
# produced or otherwise obtained by using the program, regardless of whether they have been advised
# of, or otherwise had knowledge of, the possibility of such damages at any time during the project
# or thereafter. Each user will be deemed to have agreed to the foregoing by his or her commencement
# of use of the program. The term "use" as used herein includes, but is not limited to, the use,
# modification, copying and distribution of the program and the production of secondary products
# from the program.
#
# In the case where the program, whether in its original form or modified, was distributed or
# delivered to or received by a user from any person, organization or entity other than ICOT, unless
# it makes or grants independently of ICOT any specific warranty to the user in writing, such
# person, organization or entity, will also be exempted from and not be held liable to the user for
# any such damages as noted above as far as the program is concerned.
"""


def main() -> None:
    """Write the file."""
    kinds = defaultdict(set)
    for bucket in _BUCKETS:
        for surface, left, _, _ in _read_bucket(bucket):
            kinds["other" if left not in (SURNAME, GIVEN, *OTHER_NAMES) else left].add(surface)
    written = [name for name in kinds[SURNAME] if KANJI.fullmatch(name) or KANA.fullmatch(name)]
    given = [
        name
        for name in kinds[GIVEN]
        if ((KANJI.fullmatch(name) and len(name) < 4) or KANA.fullmatch(name))
        and (len(name) == 1 or name not in kinds["other"] or LIKE_A_NAME.fullmatch(name))
    ]
    weak = [name for name in written if name in kinds["other"] and len(name) > 1]
    sections = {
        "姓": [n for n in written if n not in weak],
        "普通の言葉でもある姓": weak,
        "名": given,
    }
    _write(sections)
    listed_names.cache_clear()
    words = set().union(*(kinds[kind] for kind in ("other", *OTHER_NAMES)))
    alike = [
        word for word in words if re.fullmatch("[一-龥々ヶ]{3,6}", word) and is_whole_name(word)
    ]
    _write(sections | {"姓名に見える言葉": alike})


def _write(sections: dict[str, list[str]]) -> None:
    lines = (f"[{title}]\n" + "\n".join([*_lines(names), ""]) for title, names in sections.items())
    TARGET.write_text(NOTICE + "".join(lines), encoding="utf-8")


def _lines(names: list[str]) -> list[str]:
    ordered = sorted(names)
    return [" ".join(ordered[at : at + PER_LINE]) for at in range(0, len(ordered), PER_LINE)]


if __name__ == "__main__":
    main()
