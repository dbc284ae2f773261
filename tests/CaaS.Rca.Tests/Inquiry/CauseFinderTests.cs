using CaaS.Rca.Inquiry;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>What is blamed for what is seen.</summary>
public class CauseFinderTests
{
    private static readonly string[] Whole = ["began", "looked up", "done"];
    private static readonly string[] Short = ["began"];

    [Fact]
    public void Nothing_known_finds_no_cause()
    {
        var verdict = CauseFinder.Find(new CauseCase([], 0), new CauseOptions());

        Assert.False(verdict.CauseFound);
        Assert.Empty(verdict.Suspects);
        Assert.Equal(1, verdict.NoCauseProbability, 9);
    }

    [Fact]
    public void Series_without_a_number_are_passed_over()
    {
        var empty = new SeriesFact(0, "cpu", Meaning.Usage, [.. Enumerable.Range(0, 600).Select(x => (double)x)], [.. Enumerable.Repeat(double.NaN, 600)]);
        var none = new SeriesFact(1, "cpu", Meaning.Usage, [], []);

        Assert.False(CauseFinder.Find(new CauseCase(["a", "b"], Cases.Onset) { Series = [empty, none] }, new CauseOptions()).CauseFound);
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(0)]
    [InlineData(120)]
    public void The_service_that_takes_the_processor_is_blamed_even_when_the_onset_is_wrong(double error)
    {
        var @case = new CauseCase(["shop", "hog", "idle"], Cases.Onset + error)
        {
            Series =
            [
                Cases.Series(0, "cpu", Meaning.Usage, 20, 21),
                Cases.Series(1, "cpu", Meaning.Usage, 10, 95),
                Cases.Series(2, "memory", Meaning.Usage, 3e8, 3.05e8),
                Cases.Series(0, "latency", Meaning.Latency, 0.1, 0.2),
            ],
        };

        var verdict = CauseFinder.Find(@case, new CauseOptions());

        Assert.Equal("hog", @case.Entities[verdict.Suspects[0].Entity]);
        Assert.Equal("resource", verdict.Suspects[0].Fault);
        Assert.InRange(verdict.Onset.Best, Cases.Onset - 5, Cases.Onset + 5);
    }

    [Fact]
    public void Less_of_what_should_be_much_hurts_and_less_use_does_not()
    {
        var @case = new CauseCase(["ready", "idle"], Cases.Onset)
        {
            Series = [Cases.Series(0, "ready", Meaning.Health, 1, 0), Cases.Series(1, "cpu", Meaning.Usage, 50, 5)],
        };

        Assert.Equal(["ready"], Cases.Ranking(@case));
    }

    [Fact]
    public void A_callee_explains_its_callers_away()
    {
        var verdict = CauseFinder.Find(Cases.Chain([0.5, 0.5, 0.5]), new CauseOptions());

        Assert.True(verdict.CauseFound);
        Assert.Equal(2, verdict.Suspects[0].Entity);
        Assert.Equal([0, 1], verdict.RuledOut.Select(ruled => ruled.Entity).Order());
    }

    [Fact]
    public void What_adds_the_most_by_itself_is_blamed_although_a_callee_is_slower_too() =>
        Assert.Equal("service-b", Cases.Ranking(Cases.Chain([0.5, 0.5, 0.05]))[0]);

    [Fact]
    public void A_callee_that_was_never_called_before_is_no_suspect() =>
        Assert.Equal("service-b", Cases.Ranking(Cases.Chain([0.5, 0.5, 0.5], newCallee: true))[0]);

    [Fact]
    public void Calm_rows_have_no_cause() =>
        Assert.False(CauseFinder.Find(Cases.Chain([0, 0, 0]), new CauseOptions()).CauseFound);

    [Fact]
    public void Requests_that_end_early_are_blamed_on_who_ends_them_not_on_who_called()
    {
        var names = new EventNames();
        var @case = Cases.Requests(names, (request, after) => after && request % 2 == 0 ? Short : Whole);

        var verdict = CauseFinder.Find(@case, new CauseOptions(), names);

        Assert.Equal("back", @case.Entities[verdict.Suspects[0].Entity]);
        Assert.Contains("'the end' now follows", verdict.Suspects[0].Clues[0].Statement, StringComparison.Ordinal);
        Assert.Contains(verdict.RuledOut, ruled => @case.Entities[ruled.Entity] == "front");
    }

    [Fact]
    public void Fewer_requests_of_the_same_shape_are_nothing()
    {
        var names = new EventNames();
        var @case = Cases.Requests(names, (_, _) => Whole);

        var thinned = @case with { Visits = [.. @case.Visits.Select((visit, place) => visit.TraceStart > Cases.Onset + 10 ? visit with { TraceStart = 1e9 } : visit)] };

        Assert.False(CauseFinder.Find(thinned, new CauseOptions(), names).CauseFound);
    }

    [Fact]
    public void A_slow_way_is_the_network_of_the_end_all_of_whose_ways_are_slow()
    {
        var names = new EventNames();
        var @case = Cases.Requests(names, (_, _) => Whole, after => after ? (0.2, 0.010) : (0.002, 0.010));

        var verdict = CauseFinder.Find(@case, new CauseOptions(), names);

        Assert.Equal("back", @case.Entities[verdict.Suspects[0].Entity]);
        Assert.Equal("network", verdict.Suspects[0].Fault);
    }

    [Fact]
    public void Slow_work_is_blamed_on_who_works()
    {
        var names = new EventNames();
        var @case = Cases.Requests(names, (_, _) => Whole, after => after ? (0.002, 0.3) : (0.002, 0.010));

        var verdict = CauseFinder.Find(@case, new CauseOptions(), names);

        Assert.Equal("back", @case.Entities[verdict.Suspects[0].Entity]);
        Assert.Equal("latency", verdict.Suspects[0].Fault);
    }

    [Property(MaxTest = 30)]
    public void Confidences_are_probabilities_and_the_same_case_gets_the_same_answer(int seed)
    {
        var random = new Random(seed);
        var @case = new CauseCase(["a", "b", "c", "d"], Cases.Onset + random.Next(-100, 100))
        {
            Series = [.. Enumerable.Range(0, 8).Select(index => Cases.Series(
                index % 4, "cpu", Meaning.Usage, 1 + random.Next(100), 1 + random.Next(200), random.Next(100, 500), seed))],
        };

        var (first, second) = (CauseFinder.Find(@case, new CauseOptions()), CauseFinder.Find(@case, new CauseOptions()));

        Assert.Equal(1, first.Suspects.Sum(suspect => suspect.Confidence) + first.NoCauseProbability, 6);
        Assert.Equal(1, first.Onset.Weights.Sum(), 6);
        Assert.All(first.Onset.Times, time => Assert.InRange(Math.Abs(time - @case.OnsetHint), 0, 180));
        Assert.Equal(first.Suspects.Select(suspect => (suspect.Entity, suspect.Score)), second.Suspects.Select(suspect => (suspect.Entity, suspect.Score)));
        Assert.True(first.Suspects.Zip(first.Suspects.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score));
    }
}
