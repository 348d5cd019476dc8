#include "affinity/cpu_set.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace affinity {
namespace {

std::string List(std::string_view text) {
  const absl::StatusOr<CpuSet> set = CpuSet::ParseList(text);
  return set.ok() ? set->Format() : "error: " + std::string(set.status().message());
}

std::string Mask(std::string_view text) {
  const absl::StatusOr<CpuSet> set = CpuSet::ParseMask(text);
  return set.ok() ? set->Format() : "error: " + std::string(set.status().message());
}

TEST(CpuSetTest, HoldsTheIdsItWasGivenInAscendingOrder) {
  CpuSet set{70, 3, 0, 3};
  EXPECT_EQ(std::vector<int>(set.begin(), set.end()), (std::vector<int>{0, 3, 70}));
  EXPECT_EQ(set.size(), 3);
  EXPECT_EQ(set.First(), 0);
  EXPECT_EQ(set.Last(), 70);
  EXPECT_TRUE(set.Contains(70));
  EXPECT_FALSE(set.Contains(71));
  EXPECT_FALSE(set.Contains(-1));
  EXPECT_FALSE(set.Contains(1 << 20));
}

TEST(CpuSetTest, TheEmptySetHasNoFirstAndNoLast) {
  const CpuSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.First(), CpuSet::kNone);
  EXPECT_EQ(set.Last(), CpuSet::kNone);
  EXPECT_EQ(set.begin(), set.end());
  EXPECT_EQ(set.Format(), "");
  EXPECT_EQ(set.Describe(), "none");
}

TEST(CpuSetTest, HoldsTheHighestId) {
  CpuSet set{CpuSet::kMaxCpus - 1};
  EXPECT_EQ(set.Format(), "65535");
  set.Remove(CpuSet::kMaxCpus - 1);
  EXPECT_EQ(set, CpuSet());
}

TEST(CpuSetDeathTest, AbortsOnAnIdNoSetCanHold) {
  CpuSet set;
  EXPECT_DEATH(set.Add(CpuSet::kMaxCpus), "CPU id 65536 is not in 0..65535");
  EXPECT_DEATH(set.Add(-1), "CPU id -1");
}

TEST(CpuSetTest, EqualSetsAreEqualHoweverTheyWereMade) {
  CpuSet set = CpuSet::Range(0, 200);
  for (int cpu = 4; cpu <= 200; ++cpu) set.Remove(cpu);
  EXPECT_EQ(set, (CpuSet{0, 1, 2, 3}));
  EXPECT_EQ(CpuSet::Range(0, 200) & CpuSet::Range(0, 3), set);
  EXPECT_EQ(CpuSet::Range(0, 200) - CpuSet::Range(4, 200), set);
  EXPECT_EQ(CpuSet::Range(5, 4), CpuSet());
}

TEST(CpuSetTest, OrdersSetsByTheirIds) {
  const std::vector<CpuSet> ascending = {{}, {0}, {0, 1}, {0, 1, 300}, {0, 2}, {1}, {64}};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(ascending[i] < ascending[j], i < j) << i << " " << j;
    }
  }
}

TEST(CpuSetTest, SetOperationsAgreeWithThoseOfStdSet) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::set<int> a, b;
    CpuSet x, y;
    for (int i = 0; i < 30; ++i) {
      const int p = static_cast<int>(random() % 300), q = static_cast<int>(random() % 150);
      a.insert(p), x.Add(p);
      b.insert(q), y.Add(q);
      if (random() % 4 == 0) a.erase(q), x.Remove(q);
    }
    std::vector<int> both, either, only;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(either));
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
    const CpuSet and_set = x & y, or_set = x | y, minus_set = x - y;
    EXPECT_EQ(std::vector<int>(and_set.begin(), and_set.end()), both);
    EXPECT_EQ(std::vector<int>(or_set.begin(), or_set.end()), either);
    EXPECT_EQ(std::vector<int>(minus_set.begin(), minus_set.end()), only);
    EXPECT_EQ(x.Intersects(y), !both.empty());
    EXPECT_EQ(x.ContainsAll(y), and_set == y);
    EXPECT_EQ(or_set.size(), static_cast<int>(either.size()));
  }
}

TEST(CpuSetParseTest, ReadsEveryListFormOfTheKernel) {
  EXPECT_EQ(List("0"), "0");
  EXPECT_EQ(List("0-3,8-11\n"), "0-3,8-11");
  EXPECT_EQ(List("0,4,8"), "0,4,8");
  EXPECT_EQ(List("8,0-2,1-3"), "0-3,8");
  EXPECT_EQ(List("0-31:2/4"), "0-1,4-5,8-9,12-13,16-17,20-21,24-25,28-29");
  EXPECT_EQ(List("1-6:1/3"), "1,4");
  EXPECT_EQ(List("0-2:2/2"), "0-2");
  EXPECT_EQ(List("1023-1025"), "1023-1025");
  EXPECT_EQ(List("65535"), "65535");
}

TEST(CpuSetParseTest, ReadsEveryWayToSayNone) {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("\n"), std::string_view("  (null)\n"),
        std::string_view("\0\0", 2), std::string_view("\n\0\0", 3), std::string_view(" \t\n")}) {
    EXPECT_EQ(List(text), "");
    EXPECT_EQ(Mask(text), "");
  }
  EXPECT_EQ(List(std::string_view("0-1\n\0\0\0", 7)), "0-1");
}

TEST(CpuSetParseTest, SaysWhereAListIsWrongAndWhatWasExpected) {
  EXPECT_EQ(List("0-"),
            "error: CPU list \"0-\", position 2: expected the last CPU id of a range, found the "
            "end");
  EXPECT_EQ(List("1,,2"), "error: CPU list \"1,,2\", position 2: expected a CPU id, found \",\"");
  EXPECT_EQ(List("3 4"),
            "error: CPU list \"3 4\", position 1: expected \",\" or the end, found \" \"");
  EXPECT_EQ(List("5-2"),
            "error: CPU list \"5-2\", position 3: a range must not end before it starts");
  EXPECT_EQ(List("0-7:0/2"),
            "error: CPU list \"0-7:0/2\", position 7: a stride used/group needs 1 <= used <= "
            "group");
  for (const char* text : {"-1", "0x3", ",", "1,", "a", "0-3:2", "0-3:3/2", "0-3:1/0", "1-2-3",
                           "+1", "1;2", "(null),1", "0-3:1/4/5", "4:1/2"}) {
    EXPECT_FALSE(CpuSet::ParseList(text).ok()) << text;
  }
}

TEST(CpuSetParseTest, RefusesIdsThatNoSetCanHold) {
  EXPECT_EQ(List("0-4000000000"),
            "error: CPU list \"0-4000000000\", position 2: the last CPU id of a range must be at "
            "most 65535");
  EXPECT_FALSE(CpuSet::ParseList("65536").ok());
  EXPECT_FALSE(CpuSet::ParseList("99999999999999999999999999").ok());
  EXPECT_FALSE(CpuSet::ParseMask(std::string(1 << 20, 'f')).ok());
  std::string mask = "1";
  for (int group = 0; group < CpuSet::kMaxCpus / 32; ++group) mask += ",00000000";
  EXPECT_EQ(Mask(mask).substr(Mask(mask).find("names")),
            "names CPU 65536, ids must be at most 65535");
}

TEST(CpuSetParseTest, QuotesUntrustedTextWithoutControlCharactersAndCutsIt) {
  EXPECT_EQ(List("\x1b[31m\"").find('\x1b'), std::string::npos);
  EXPECT_LT(List(std::string(100000, 'z')).size(), 200u);
  EXPECT_NE(List(std::string(1 << 20, '1')).find("1048576 bytes"), std::string::npos);
}

TEST(CpuSetParseTest, ReadsEveryMaskFormOfTheKernel) {
  EXPECT_EQ(Mask("3"), "0-1");
  EXPECT_EQ(Mask("fffff\n"), "0-19");
  EXPECT_EQ(Mask("003ff"), "0-9");
  EXPECT_EQ(Mask("ffffffff,00000000"), "32-63");
  EXPECT_EQ(Mask("1,00000000,80000001"), "0,31,64");
  EXPECT_EQ(Mask("00000000,00000000"), "");
  EXPECT_EQ(Mask("AbC"), "2-5,7,9,11");
}

TEST(CpuSetParseTest, SaysWhereAMaskIsWrong) {
  EXPECT_EQ(Mask("ff,zz"),
            "error: CPU mask \"ff,zz\", position 3: expected a hexadecimal digit or \",\", found "
            "\"z\"");
  for (const char* text : {",", "1,", ",1", "1,2", "1,,00000000", "123456789", "1,123,00000000",
                           "0x3", "-1", "1 2", "1,000000000"}) {
    EXPECT_FALSE(CpuSet::ParseMask(text).ok()) << text;
  }
}

TEST(CpuSetParseTest, FormatAndParseAreInverse) {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    CpuSet set;
    for (int i = 0; i < 20; ++i) {
      const int first = static_cast<int>(random() % 2000);
      set |= CpuSet::Range(first, first + static_cast<int>(random() % 5));
    }
    EXPECT_EQ(List(set.Format()), set.Format());
  }
}

// Text of the parsers' own alphabet gets deeper into them than random bytes do.
TEST(CpuSetParseTest, SurvivesRandomText) {
  const std::string_view alphabet("0123456789,-:/ \n\0fFaz(nul)", 26);
  std::mt19937 random(3);
  int accepted = 0, refused = 0;
  for (int round = 0; round < 50000; ++round) {
    std::string text;
    for (std::size_t length = random() % 12; text.size() < length;) {
      text += random() % 8 == 0 ? static_cast<char>(random()) : alphabet[random() % 26];
    }
    for (const absl::StatusOr<CpuSet>& set : {CpuSet::ParseList(text), CpuSet::ParseMask(text)}) {
      if (!set.ok()) {
        ++refused;
        EXPECT_NE(set.status().message().find("CPU "), std::string::npos);
        continue;
      }
      ++accepted;
      EXPECT_EQ(List(set->Format()), set->Format());
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 1000);
}

TEST(CpuSetParseTest, WideRangesRepeatedDoNotTakeForEver) {
  std::string text = "0-65535";
  while (text.size() < 200000) text += ",0-65535";
  EXPECT_EQ(List(text), "0-65535");
}

}  // namespace
}  // namespace affinity
