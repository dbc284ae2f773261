using System.Collections.Immutable;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Inquiry.Weighing;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>What is blamed where it is known what each entity is and what depends on what.</summary>
public class WeigherTests
{
    private const int Front = 0, Back = 1, Store = 2, Disk = 3, NodeOne = 4, NodeTwo = 5, Job = 6;

    private static readonly ImmutableArray<string> Names =
    [
        "shop/Deployment/front", "shop/Deployment/back", "shop/StatefulSet/store", "shop/PersistentVolumeClaim/store",
        "-/Node/one", "-/Node/two", "shop/CronJob/night",
    ];

    [Fact]
    public void A_slow_volume_is_blamed_rather_than_the_store_on_it_and_all_who_wait_for_it()
    {
        var verdict = CauseFinder.Find(Slow([Cases.Series(Disk, "disk seconds", Meaning.Usage, 0.001, 0.04)]), new CauseOptions());

        Assert.Equal(Disk, verdict.Suspects[0].Entity);
        Assert.Equal([Disk, Store, Back, Front], verdict.Suspects[0].Way);
        Assert.Contains(verdict.Suspects[0].Clues, clue => clue.Modality == Modality.Metric);
    }

    [Fact]
    public void A_busy_job_that_no_way_leads_from_is_not_blamed() => Assert.NotEqual(Job, CauseFinder.Find(
        Slow([
            Cases.Series(Job, "cpu", Meaning.Usage, 0.1, 3), Cases.Series(NodeTwo, "cpu", Meaning.Usage, 0.2, 0.3),
            Cases.Series(Disk, "disk seconds", Meaning.Usage, 0.001, 0.04),
        ]), new CauseOptions()).Suspects[0].Entity);

    [Fact]
    public void Of_two_faults_the_quieter_is_named_before_the_victims_of_the_louder()
    {
        var verdict = CauseFinder.Find(
            Slow([Cases.Series(Disk, "disk seconds", Meaning.Usage, 0.001, 0.04), Cases.Series(Back, "ready share", Meaning.Health, 1, 0.4)]),
            new CauseOptions());

        Assert.Equal([Back, Disk], verdict.Suspects.Take(2).Select(suspect => suspect.Entity).Order());
    }

    [Fact]
    public void What_is_found_is_out_of_the_question_when_it_is_asked_for_a_further_cause()
    {
        var rest = CauseWeights.NormalWithout([5, 1, 1], 0);

        Assert.Equal([double.NegativeInfinity, Math.Log(0.5), Math.Log(0.5)], rest, (left, right) => left.Equals(right) || Math.Abs(left - right) < 1e-12);
        Assert.Equal([double.NegativeInfinity], CauseWeights.NormalWithout([5], 0));
    }

    [Fact]
    public void Harm_does_not_pass_what_was_measured_and_is_well()
    {
        var @case = Slow([]) with
        {
            Series = [Cases.Series(Front, "latency", Meaning.Latency, 0.1, 0.9), Cases.Series(Back, "latency", Meaning.Latency, 0.1, 0.1)],
        };
        var portraits = Painter.Paint(@case, Cases.Onset, new CauseOptions(), []);

        var graph = new HarmGraph(@case, portraits);

        Assert.True(graph.Costs[Store] > graph.Costs[Back] + 2);
        Assert.DoesNotContain(Front, graph.Reached(Store));
    }

    [Fact]
    public void Confidences_are_probabilities_and_add_up_to_one_at_most()
    {
        var verdict = CauseFinder.Find(Slow([]), new CauseOptions());

        Assert.All(verdict.Suspects, suspect => Assert.InRange(suspect.Confidence, 0, 1));
        Assert.InRange(verdict.Suspects.Sum(suspect => suspect.Confidence), 0, 1 + 1e-9);
        Assert.InRange(verdict.NoCauseProbability, 0, 1);
        Assert.Equal(verdict.NoCauseProbability < 0.5, verdict.CauseFound);
    }

    [Fact]
    public void A_case_in_which_nothing_moved_has_less_of_a_cause_than_one_in_which_something_did()
    {
        var loud = Slow([Cases.Series(Disk, "disk seconds", Meaning.Usage, 0.001, 0.04)]);
        var calm = loud with { Series = [.. loud.Series.Select(series => Cases.Series(series.Entity, series.Name, series.Meaning, 1, 1))] };

        double None(CauseCase one) => CauseFinder.Find(one, new CauseOptions()).NoCauseProbability;

        Assert.InRange(None(loud), 0, 0.5);
        Assert.InRange(None(calm), 0.5, 1);
    }

    [Fact]
    public void A_case_of_one_entity_has_finite_features()
    {
        var @case = new CauseCase(["alone"], Cases.Onset)
        {
            Sorts = [EntitySort.Service],
            Symptom = new SymptomFact(0, Meaning.Errors),
            Series = [new SeriesFact(0, "errors", Meaning.Errors, [], [])],
        };
        var portraits = Painter.Paint(@case, Cases.Onset, new CauseOptions(), []);

        var features = CaseFeatures.Of(@case, portraits, new HarmGraph(@case, portraits), [0], [0]);

        Assert.Equal(CaseFeatures.Names.Length, features.Length);
        Assert.All(features, feature => Assert.True(double.IsFinite(feature)));
        Assert.Single(CauseFinder.Find(@case, new CauseOptions()).Suspects);
    }

    [Property(MaxTest = 20)]
    public bool The_order_of_the_series_does_not_matter(int seed)
    {
        var @case = Slow([Cases.Series(Disk, "disk seconds", Meaning.Usage, 0.001, 0.04)]);
        var mixed = @case.Series.ToArray();
        new Random(seed).Shuffle(mixed);

        return Cases.Ranking(@case).SequenceEqual(Cases.Ranking(@case with { Series = [.. mixed] }));
    }

    [Fact]
    public void Series_without_numbers_and_links_to_themselves_do_no_harm()
    {
        var none = new SeriesFact(Store, "latency", Meaning.Latency, [.. Enumerable.Range(0, 600).Select(x => (double)x)], [.. Enumerable.Repeat(double.NaN, 600)]);
        var @case = Slow([none, new SeriesFact(Job, "cpu", Meaning.Usage, [], [])]) with
        {
            Depends = [new DependsLink(Store, Store, DependsSort.RunsOn), new DependsLink(Store, Disk, DependsSort.Mounts)],
        };

        Assert.Equal(Names.Length, CauseFinder.Find(@case, new CauseOptions()).Suspects.Length);
    }

    [Fact]
    public void Every_weight_that_ships_belongs_to_a_feature()
    {
        var weights = CauseWeights.Default;

        Assert.Empty(weights.Own.Keys.Except(OwnFeatures.Names));
        Assert.Empty(weights.Among.Keys.Except(AmongFeatures.Names));
        Assert.NotEmpty(weights.Next);
        Assert.All(weights.Next, tree => Assert.All(tree.Columns, column => Assert.InRange(column, 0, NextFeatures.Names.Length - 1)));
        Assert.Equal(CaseFeatures.Names.Order(), weights.Sure.Keys.Order());
        Assert.Equal(CaseFeatures.Names.Order(), weights.None.Keys.Order());
        Assert.Equal(OwnFeatures.Names.Length, OwnFeatures.Names.Distinct().Count());
        Assert.Equal(AmongFeatures.Names.Length, AmongFeatures.Names.Distinct().Count());
        Assert.Equal(NextFeatures.Names.Length, NextFeatures.Names.Distinct().Count());
        Assert.NotEmpty(weights.Provenance);
    }

    [Fact]
    public void A_series_that_stops_is_silent_and_one_with_a_gap_before_is_not()
    {
        var reader = new ShiftReader(Slow([]), Cases.Onset, new CauseOptions());
        var whole = Cases.Series(Back, "cpu", Meaning.Usage, 1, 1);

        Assert.True(reader.IsSilent(whole with { Values = [.. whole.Values.Select((value, at) => at >= 310 ? double.NaN : value)] }));
        Assert.False(reader.IsSilent(whole with { Values = [.. whole.Values.Select((value, at) => at is > 100 and < 140 ? double.NaN : value)] }));
    }

    private static CauseCase Slow(SeriesFact[] more) => new(Names, Cases.Onset)
    {
        Sorts =
        [
            EntitySort.Service, EntitySort.Service, EntitySort.Service, EntitySort.Volume, EntitySort.Node, EntitySort.Node, EntitySort.Job,
        ],
        Calls = [new CallLink(Front, Back), new CallLink(Back, Store)],
        Depends =
        [
            new DependsLink(Front, NodeOne, DependsSort.RunsOn), new DependsLink(Back, NodeOne, DependsSort.RunsOn),
            new DependsLink(Store, NodeTwo, DependsSort.RunsOn), new DependsLink(Job, NodeTwo, DependsSort.RunsOn),
            new DependsLink(Store, Disk, DependsSort.Mounts),
        ],
        Symptom = new SymptomFact(Front, Meaning.Latency),
        Series =
        [
            Cases.Series(Front, "latency", Meaning.Latency, 0.1, 0.3), Cases.Series(Back, "latency", Meaning.Latency, 0.05, 0.25),
            Cases.Series(Store, "latency", Meaning.Latency, 0.01, 0.2), Cases.Series(Front, "cpu", Meaning.Usage, 1, 1),
            Cases.Series(Back, "cpu", Meaning.Usage, 1, 1), Cases.Series(Store, "cpu", Meaning.Usage, 1, 1),
            .. more,
        ],
    };
}
