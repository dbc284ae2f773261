using System.Collections.Immutable;
using CaaS.Rca.Inquiry;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>Changes are convicted by what they do.</summary>
public class ChangeJudgeTests
{
    private const double Rollout = 290;
    private const string Tidy = "-\tvar q Query\n-\tif err := json.Unmarshal(b, &q); err != nil {\n-\t\treturn err\n-\t}\n+\tq, err := decodeQuery(b)\n+\tif err != nil {\n+\t\treturn err\n+\t}";

    [Theory]
    [InlineData("-\tctx, cancel := context.WithTimeout(ctx, 4*time.Second)\n+\tctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)", "cuts a limit to 0.05 times")]
    [InlineData("-  memory: 512Mi\n+  memory: 64Mi", "cuts a limit")]
    [InlineData("-  retries: 2\n+  retries: 50", "asks for more work to 25 times")]
    [InlineData("-  level: info\n+  level: debug", "logs far more")]
    [InlineData("-\tif order == nil {\n-\t\treturn 0\n-\t}\n \treturn order.Total", "no longer guards against nothing")]
    [InlineData("-\tdefer rows.Close()\n \treturn scan(rows)", "takes something out and puts nothing in its place")]
    [InlineData("-    \"amount\": total,\n+    \"sum\": total,", "renames \"amount\" to \"sum\"")]
    [InlineData("-\tif stock > 0 {\n+\tif stock >= 0 {", "turns a comparison")]
    [InlineData("+\tfor _, id := range ids {\n+\t\titem, err := client.Fetch(ctx, id)\n+\t}", "reaches out once for every item of a loop")]
    [InlineData("+    rows = db.execute(\"SELECT id FROM wishes\")", "uses wishes, which nothing here made")]
    [InlineData("-  path: /healthz\n+  path: /alive", "sets path to /alive instead of /healthz")]
    [InlineData("+\ttime.Sleep(pause)", "waits, locks, drops or gives up where it did not")]
    public void A_diff_that_can_do_harm_says_how(string diff, string mechanism) =>
        Assert.Contains(DiffReview.Read(Change("x", diff)), found => found.Name.StartsWith(mechanism, StringComparison.Ordinal));

    [Theory]
    [InlineData(Tidy)]
    [InlineData("")]
    [InlineData("@@ no lines @@")]
    [InlineData("-\t// old words\n+\t// new words")]
    [InlineData("-  cache_entries: 50000\n+  cache_entries: 60000")]
    [InlineData("-  accent: \"#3b82f6\",\n+  accent: \"#2563eb\",")]
    public void A_tidy_up_cannot_do_harm(string diff) => Assert.Empty(DiffReview.Read(Change("x", diff)));

    [Theory]
    [InlineData("go.mod", "-\tlib v1.2.3\n+\tlib v1.2.4")]
    [InlineData("web/site.css", "-.a { width: 10% }\n+.a { width: 1% }")]
    [InlineData("src/order_test.go", "-\tdefer rows.Close()")]
    public void Files_that_do_not_run_cannot_do_harm(string file, string diff) =>
        Assert.Empty(DiffReview.Read(new ChangeFact("x", "shop", 0, "", [file], diff)));

    [Fact]
    public void The_change_that_did_it_is_named_and_not_the_later_tidy_up()
    {
        var answer = ChangeJudge.Judge(Question(
            Change("guilty", "-\tctx, cancel := context.WithTimeout(ctx, 4*time.Second)\n+\tctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)"),
            Change("tidy", Tidy) with { Time = Cases.Onset - 1 }));

        Assert.Equal("guilty", answer.Culprit);
        Assert.Equal("tidy", answer.Judged[1].Id);
    }

    [Fact]
    public void A_tidy_up_alone_is_not_convicted() => Assert.Empty(ChangeJudge.Judge(Question(Change("tidy", Tidy))).Culprit);

    [Fact]
    public void What_came_after_the_first_move_is_refuted() => Assert.Empty(ChangeJudge.Judge(Question(
        Change("late", "-  level: info\n+  level: debug") with { Time = Cases.Onset + 200 })).Culprit);

    [Fact]
    public void A_load_that_grew_by_itself_speaks_against_changes()
    {
        var question = Question(Change("c", "-  cache_size: 100\n+  cache_size: 40"));
        var loaded = question with { Series = [.. question.Series, Cases.Series(0, "requests", Meaning.Load, 100, 700)] };

        Assert.True(ChangeJudge.Judge(loaded).Judged[0].Score < ChangeJudge.Judge(question).Judged[0].Score);
        Assert.NotEmpty(ChangeJudge.Judge(loaded).Operational);
    }

    [Fact]
    public void No_changes_no_culprit() => Assert.Empty(ChangeJudge.Judge(Question()).Culprit);

    private static ChangeFact Change(string id, string diff) => new(id, "shop", Rollout, "", [], diff);

    private static ChangeQuestion Question(params ChangeFact[] changes) => new(
        "shop", Cases.Onset + 250, [.. changes], ["rpc error: deadline exceeded"], ImmutableArray.Create("shop"),
        [Cases.Series(0, "error_rate", Meaning.Errors, 1, 60)]);
}
