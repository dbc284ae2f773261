using CaaS.Rca.Findings;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Inquiry.Live;
using CaaS.Rca.Tests.Scenarios;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>The inquiry is asked about open incidents, and is one voice among the others.</summary>
public class LiveInquiryTests
{
    private const int At = 300;
    private const string Voice = "entities weighed";

    [Theory]
    [MemberData(nameof(SixFaultsTests.Classes), MemberType = typeof(SixFaultsTests))]
    public void It_speaks_of_the_first_cause_within_its_bounds(string faultClass)
    {
        var incident = Play(faultClass, new RcaOptions());

        var said = Assert.Single(incident.Hypotheses[0].Evidence, item => item.Text.Contains(Voice, StringComparison.Ordinal));
        Assert.InRange(Math.Abs(said.Weight), 0, new CauseOptions().MostNats);
        Assert.Equal(EvidenceKind.Topology, said.Kind);
        Assert.InRange(incident.Completeness, 0.1, 1);
        Assert.Equal((VerdictState.Confirmed, ""), (incident.VerdictState, incident.NextCheck));
    }

    [Fact]
    public void What_is_not_confirmed_can_be_told_apart_by_a_check()
    {
        var incident = Play("config-error", new RcaOptions { ConfirmedConfidence = 2 });

        Assert.Equal(VerdictState.Likely, incident.VerdictState);
        Assert.Contains("would best tell", incident.NextCheck, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory-leak")]
    [InlineData("bad-release")]
    [InlineData("cpu-contention")]
    [InlineData("dependency-latency")]
    [InlineData("config-error")]
    public void The_onset_lies_where_the_series_say(string faultClass)
    {
        var range = Play(faultClass, new RcaOptions()).OnsetRange;

        Assert.NotNull(range);
        Assert.True(range.Contains(Shop.Start.AddSeconds(At)), $"{range}");
        Assert.InRange(range.Latest - range.Earliest, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Series_that_go_wrong_only_after_the_first_symptom_say_nothing_of_the_onset() =>
        Assert.Null(Play("node-lost", new RcaOptions()).OnsetRange);

    [Fact]
    public void Left_unasked_it_says_nothing()
    {
        var incident = Play("dependency-latency", new RcaOptions { Inquiry = new CauseOptions { MostNats = 0 } });

        Assert.DoesNotContain(incident.Hypotheses.SelectMany(cause => cause.Evidence),
            item => item.Text.Contains(Voice, StringComparison.Ordinal));
        Assert.True(double.IsNaN(incident.Completeness));
        Assert.Empty(incident.NextCheck);
    }

    [Fact]
    public void A_step_of_the_grid_is_two_scrapes_long_and_knows_its_bounds()
    {
        var track = new ServeTrack();
        for (var second = 0; second <= 600; second += 15)
        {
            track.Add(ServePart.Served, 30, hasFailed: false);
            track.Sample(Shop.Start.AddSeconds(second));
        }

        var grid = CaseGrid.Of([track], Shop.Start.AddSeconds(600));

        Assert.Equal(30, grid.StepSeconds);
        Assert.Equal(20, grid.Times.Length);
        Assert.Equal(CaseGrid.Seconds(Shop.Start) + 600, grid.Times[^1]);
        Assert.Equal(19, grid.StepOf(Shop.Start.AddSeconds(600)));
        Assert.Equal(0, grid.StepOf(Shop.Start.AddSeconds(1)));
        Assert.Equal(-1, grid.StepOf(Shop.Start));
        Assert.Equal(-1, grid.StepOf(Shop.Start.AddSeconds(601)));
        Assert.Empty(CaseGrid.Of([], Shop.Start).Times);
    }

    [Fact]
    public void Requests_are_summed_step_by_step_and_what_was_not_measured_stays_unknown()
    {
        var track = new ServeTrack();
        for (var second = 0; second <= 100; second += 5)
        {
            track.Add(ServePart.Served, 8, hasFailed: false);
            track.Add(ServePart.Served, 2, hasFailed: true);
            track.Add(ServePart.Time, 5, hasFailed: false);
            track.Sample(Shop.Start.AddSeconds(second));
        }

        var sums = new Sums(CaseGrid.Of([track], Shop.Start.AddSeconds(160)));
        sums.Add(track);
        var series = sums.Write(7, "pod").ToDictionary(one => one.Meaning);

        Assert.Equal([Meaning.Latency, Meaning.Errors, Meaning.Load], series.Keys.Order());
        Assert.Equal(2, series[Meaning.Load].Values[0]);
        Assert.Equal(0.5, series[Meaning.Latency].Values[0]);
        Assert.Equal(0.2, series[Meaning.Errors].Values[0]);
        Assert.True(double.IsNaN(series[Meaning.Load].Values[^1]));
        Assert.All(series.Values, one => Assert.Equal((7, "pod"), (one.Entity, one.Part)));
    }

    private static Incident Play(string faultClass, RcaOptions options)
    {
        var shop = new Shop(options);
        Faults.Play(shop, faultClass, At);
        shop.RunTo(At + (faultClass == "memory-leak" ? 125 : 75));
        return Assert.Single(shop.Incidents);
    }
}
