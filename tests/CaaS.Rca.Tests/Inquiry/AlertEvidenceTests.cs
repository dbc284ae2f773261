using System.Collections.Immutable;
using CaaS.Rca.Inquiry;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>What alerts of other systems say.</summary>
public class AlertEvidenceTests
{
    private static readonly ImmutableArray<string> Entities = ["cart-0", "cart-1", "web-0", "web-1"];

    [Fact]
    public void What_always_alerts_is_not_blamed()
    {
        var history = new AlertProfile();
        for (var window = 0; window < 50; window++)
        {
            history.Add(Case(new AlertFact(2, AlertSort.Slower, "p95_up"), new AlertFact(2, AlertSort.UsageUp, "cpu_up")));
        }

        var now = Case(new AlertFact(2, AlertSort.Slower, "p95_up"), new AlertFact(2, AlertSort.UsageUp, "cpu_up"), new AlertFact(0, AlertSort.UsageUp, "cpu_up"));

        Assert.Equal("cart-0", Cases.Ranking(now with { AlertHistory = history })[0]);
    }

    [Fact]
    public void What_all_replicas_have_speaks_for_none_of_them() => Assert.Equal("web-1", Cases.Ranking(Case(
        new AlertFact(0, AlertSort.TrafficDown, "qps_down"), new AlertFact(1, AlertSort.TrafficDown, "qps_down"), new AlertFact(3, AlertSort.TrafficDown, "qps_down")))[0]);

    [Fact]
    public void A_window_taken_out_leaves_no_trace()
    {
        var (history, window) = (new AlertProfile(), Case(new AlertFact(0, AlertSort.Line, "oops")));
        history.Add(window);
        history.Remove(window);

        Assert.Equal(new AlertProfile().Rate("cart-0|Line|oops"), history.Rate("cart-0|Line|oops"), 9);
    }

    [Fact]
    public void What_alerts_of_late_in_every_incident_is_not_blamed()
    {
        AlertProfile ever = new(), lately = new();
        for (var window = 0; window < 400; window++)
        {
            ever.Add(Case());
        }

        for (var window = 0; window < 20; window++)
        {
            lately.Add(Case(new AlertFact(2, AlertSort.Slower, "p95_up")));
        }

        var now = Case(new AlertFact(2, AlertSort.Slower, "p95_up"), new AlertFact(0, AlertSort.Slower, "p95_up")) with
        {
            AlertHistory = ever,
        };

        Assert.Equal(Weight(now, 2), Weight(now, 0), 9);
        Assert.True(Weight(now with { AlertLately = lately }, 2) < Weight(now with { AlertLately = lately }, 0));
    }

    [Fact]
    public void Alerts_of_one_family_count_once_and_a_little()
    {
        AlertFact slow = new(0, AlertSort.Slower, "dest_p95"), half = new(0, AlertSort.Slower, "dest_p50");
        var once = AlertSurprise.Of(Case(slow)).Single();
        var twice = AlertSurprise.Of(Case(slow, half)).Single();
        var same = AlertSurprise.Of(Case(slow, slow)).Single();

        Assert.Equal(1.2 * once.Surprise, twice.Surprise, 9);
        Assert.Equal((once.Surprise, 1), (same.Surprise, same.Count));
    }

    [Fact]
    public void Features_of_the_quiet_are_nothing()
    {
        var rows = AlertFeatures.Of(Case(
            new AlertFact(1, AlertSort.HeldUp, "rss_up"), new AlertFact(1, AlertSort.CalledSlow, "get")));

        Assert.Equal(Entities.Length, rows.Length);
        Assert.All(rows, row => Assert.Equal(AlertFeatures.Names.Length, row.Length));
        Assert.All(rows[0].Concat(rows[2]), value => Assert.Equal(0, value));
        Assert.Equal(["CalledSlow", "HeldUp", "Hurting", "HurtingOfMost"],
            AlertFeatures.Names.Where((_, column) => rows[1][column] > 0));
    }

    [Fact]
    public void A_slow_call_hurts_neither_end_for_itself()
    {
        var rows = AlertFeatures.Of(Case(
            new AlertFact(0, AlertSort.CalledSlow, "get"), new AlertFact(2, AlertSort.CallingSlow, "get")));

        Assert.All(rows, row => Assert.Equal(0, row[^1] + row[^2]));
    }

    [Fact]
    public void Every_feature_has_a_finite_weight_and_what_hurts_speaks_for_a_cause()
    {
        Assert.Equal(AlertFeatures.Names.Length, AlertWeights.Default.Length);
        Assert.All(AlertWeights.Default, weight => Assert.True(double.IsFinite(weight)));
        Assert.True(AlertWeights.Default[^1] > 0 && AlertWeights.Default[^2] > 0);
    }

    [Fact]
    public void Beside_other_modalities_alerts_weigh_by_meaning()
    {
        var line = Case(new AlertFact(0, AlertSort.Line, "oops")) with { Events = [new EventFact(0, 0, "BackOff")] };

        Assert.Equal(0.25 * 3 * AlertSurprise.Of(line).Single().Surprise, Weight(line, 0), 9);
    }

    [Fact]
    public void Without_alerts_there_is_no_evidence()
    {
        Assert.Empty(Clues(Case()));
        Assert.Empty(AlertFeatures.Of(new CauseCase([], 0)));
    }

    private static double Weight(CauseCase @case, int entity) =>
        Clues(@case).Single(clue => clue.Entity == entity).Weight;

    private static List<Clue> Clues(CauseCase @case)
    {
        var clues = new List<Clue>();
        AlertEvidence.Collect(@case, clues);
        return clues;
    }

    private static CauseCase Case(params AlertFact[] alerts) => new(Entities, 0) { Alerts = [.. alerts] };
}
