#!/usr/bin/env -S python3 -B
import unittest

from edge_labels import check
from expect import CheckTest

_WRITER = """// Writer hands over.
//
// ORDERING
//   edge  release side      acquire side      makes visible
//   E1    Publish: cursor_  Reader::Poll      the slots
class Writer {
  void Publish(int x) { cursor_.StoreRelease(x); }  // E1 release -> Reader::Poll
};
"""
_READER = """class Reader {
  int Poll() {
    // E1 acquire <- Writer::Publish
    return cursor_.LoadAcquire();
  }
};
"""


class EdgeLabelsTest(CheckTest):

    def assert_pair_reports(self, old, new, places, found=""):
        files = {"disruptor/writer.h": _WRITER.replace(old, new),
                 "disruptor/reader.h": _READER.replace(old, new)}
        self.assertNotEqual(files, {"disruptor/writer.h": _WRITER, "disruptor/reader.h": _READER})
        self.assert_reports(check, files, places, found)

    def test_accepts_a_pair(self):
        self.assert_clean(check, {"disruptor/writer.h": _WRITER, "disruptor/reader.h": _READER})
        self.assert_clean(check, {"affinity/writer.cc": _WRITER, "disruptor/runtime/r.h": _READER})

    def test_reports_a_label_that_appears_once(self):
        self.assert_reports(check, {"disruptor/writer.h": _WRITER}, ["disruptor/writer.h:7"],
                            "E1 has no acquire site")
        self.assert_reports(check, {"disruptor/reader.h": _READER}, ["disruptor/reader.h:3"],
                            "E1 has no release site")

    def test_the_table_is_no_site(self):
        table = _WRITER[:_WRITER.index("class")]
        self.assert_reports(check, {"disruptor/t.h": table, "disruptor/reader.h": _READER},
                            ["disruptor/reader.h:3"], "E1 has no release site")

    def test_another_number_leaves_both_ends_alone(self):
        self.assert_pair_reports(
            "E1 acquire", "E2 acquire",
            ["disruptor/writer.h:7", "disruptor/reader.h:3"], "E2 has no release site")

    def test_two_releases_do_not_make_a_pair(self):
        self.assert_pair_reports(
            "E1 acquire <- Writer::Publish", "E1 release -> Reader::Poll",
            ["disruptor/reader.h:3"], "no acquire site")

    def test_reports_labels_that_do_not_follow_the_grammar(self):
        for wrong in ("E1 release <- Reader::Poll", "E1 releases -> Reader::Poll",
                      "E1 release->Reader::Poll", "E1 release ->", "E1: release -> Reader::Poll",
                      "E1 Release -> Reader::Poll"):
            self.assert_pair_reports(
                "E1 release -> Reader::Poll", wrong,
                # The far end misses its partner, and the operation here its label.
                ["disruptor/reader.h:3", "disruptor/writer.h:7", "disruptor/writer.h:7"], wrong)

    def test_reports_a_name_that_the_other_end_does_not_know(self):
        self.assert_pair_reports("E1 release -> Reader::Poll", "E1 release -> Reader::Look",
                                 ["disruptor/writer.h:7"], "Reader::Look")
        self.assert_pair_reports("<- Writer::Publish", "<- Publisher::Publish",
                                 ["disruptor/reader.h:3"], "Publisher::Publish")

    def test_reports_a_table_row_without_sites(self):
        self.assert_pair_reports("//   E1    Publish", "//   E1    Publish: cursor_\n"
                                 "//   E7    Publish", ["disruptor/writer.h:6"], "E7")

    def test_reports_a_mention_without_sites(self):
        self.assert_pair_reports("class Reader {", "// Ordering  E8 acquire <- Writer::Publish\n"
                                 "class Reader {", ["disruptor/reader.h:1"], "E8")

    def test_accepts_several_edges_on_one_operation(self):
        one = "E1 release -> Reader::Poll"
        two = one + " of the first rank; E2 release -> Reader::Poll"
        self.assert_pair_reports(one, two, ["disruptor/writer.h:7"], "E2 has no acquire site")
        far = "E1 acquire <- Writer::Publish"
        self.assert_clean(check, {
            "disruptor/writer.h": _WRITER.replace(one, two),
            "disruptor/reader.h": _READER.replace(far, far + "; " + far.replace("E1", "E2")),
        })

    def test_reports_operations_without_a_label(self):
        self.assert_pair_reports(
            "int Poll() {", "int Look() {\n    return c_->LoadAcquire();\n  }\n  int Poll() {",
            ["disruptor/reader.h:3"], "LoadAcquire()")

    def test_the_label_of_one_statement_does_not_cover_the_next(self):
        self.assert_pair_reports("return cursor_.LoadAcquire();",
                                 "a = cursor_.LoadAcquire();\n    return cursor_.LoadAcquire();",
                                 ["disruptor/reader.h:5"])

    def test_a_label_covers_the_whole_statement(self):
        self.assert_pair_reports("return cursor_.LoadAcquire();",
                                 "return Twice(\n        cursor_.LoadAcquire());", [])

    def test_a_wrapper_leaves_the_label_to_its_callers(self):
        self.assert_clean(check, {"disruptor/w.h": "int MinimumAcquire() const noexcept {\n"
                                                   "  for (auto* m : members_) {\n"
                                                   "    use(m->LoadAcquire());\n  }\n}\n"})

    def test_says_nothing_about_tests(self):
        self.assert_clean(check, {"tests/disruptor/writer.cc": _WRITER})


if __name__ == "__main__":
    unittest.main()
