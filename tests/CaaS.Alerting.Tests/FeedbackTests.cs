using System.Collections.Immutable;
using CaaS.Alerting.Feedback;
using CaaS.Rca;
using CaaS.Rca.Priors;
using CaaS.Signals;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests;

public class FeedbackTests
{
    private readonly AlertEngine _engine = new(new AlertingOptions(), []);

    [Fact]
    public void A_persons_last_word_is_kept_and_noted_and_the_same_word_twice_changes_nothing()
    {
        Open(Id);

        var first = Say("noise", ("note", "a test"));
        var same = Say("noise", ("note", "a test"));
        var other = Say("wrong", ("entity", "-/Node/node1"), ("faultClass", "node-lost"));

        Assert.Equal(FeedbackVerdict.Noise, Assert.Single(first.Feedback).Verdict);
        Assert.Equal("Noise: nobody should have been told. a test", first.Alerts[0].Comments[^1].Text);
        Assert.Empty(same.Feedback);
        Assert.True(same.Outcomes[0].Ok);
        Assert.Equal("Wrong cause; it was -/Node/node1 node-lost.", other.Alerts[0].Comments[^1].Text);
    }

    [Theory]
    [InlineData("confirmed", "shop/Deployment/cart", "bad-release", "1", "shop/Deployment/cart bad-release Confirmed")]
    [InlineData("confirmed", "shop/Deployment/stock", "memory-leak", "2", "shop/Deployment/stock memory-leak Confirmed; shop/Deployment/cart bad-release Wrong")]
    [InlineData("wrong", "", "", "", "shop/Deployment/cart bad-release Wrong")]
    [InlineData("wrong", "shop/Deployment/cart", "", "", "shop/Deployment/cart  Confirmed; shop/Deployment/cart bad-release Wrong")]
    [InlineData("wrong", "-/Node/node1", "node-lost", "", "-/Node/node1 node-lost Confirmed; shop/Deployment/cart bad-release Wrong")]
    [InlineData("noise", "", "", "", "shop/Deployment/cart bad-release Withdrawn")]
    public void A_word_says_what_was_the_cause_and_what_was_blamed_instead(
        string verdict, string entity, string faultClass, string rank, string causes)
    {
        Open(Id);

        var said = Assert.Single(Say(verdict, ("entity", entity), ("faultClass", faultClass), ("rank", rank)).Judged);

        Assert.Equal((Id, T0), (said.IncidentId, said.At));
        Assert.Equal(causes, string.Join("; ", said.Causes.Select(cause => $"{cause.Entity} {cause.FaultClass} {cause.Verdict}")));
        Assert.Equal(SignalsJson.Encode(said), SignalsJson.Encode(Assert.Single(CauseFeedback.In(said.ToBatch(), out _))));
    }

    [Fact]
    public void A_word_is_passed_on_again_when_it_is_said_again_and_not_when_it_is_refused()
    {
        Open(Id);

        Assert.Single(Say("wrong").Judged);
        Assert.Single(Say("wrong").Judged);
        Assert.Empty(Say("maybe").Judged);
    }

    [Theory]
    [InlineData("maybe", "", "", "confirmed, wrong or noise")]
    [InlineData("", "", "", "confirmed, wrong or noise")]
    [InlineData("confirmed", "", "1", "listed")]
    [InlineData("confirmed", "shop/Deployment/cart", "", "listed")]
    [InlineData("confirmed", "shop/Deployment/cart", "0", "listed")]
    [InlineData("confirmed", "shop/Deployment/cart", "11", "listed")]
    [InlineData("confirmed", "shop/Deployment/cart", "-1", "listed")]
    [InlineData("wrong", "cart", "", "namespace/Kind/name")]
    public void What_makes_no_sense_is_refused_with_the_reason(string verdict, string entity, string rank, string why)
    {
        Open(Id);

        var output = Say(verdict, ("entity", entity), ("rank", rank));

        Assert.False(output.Outcomes[0].Ok);
        Assert.Contains(why, output.Outcomes[0].Why, StringComparison.Ordinal);
        Assert.Empty(output.Feedback);
    }

    [Fact]
    public void An_incident_is_put_into_numbers_once_when_it_is_opened_and_never_from_what_came_later()
    {
        var opened = Open(Id);
        var later = _engine.Step(Seen(Incident(2, severity: IncidentSeverity.Critical)), T0.AddMinutes(1));
        var unknown = _engine.Step(Seen(Incident(5, id: "seenlate0000")), T0);

        var example = Assert.Single(opened.Examples);
        Assert.Equal(IncidentFeatures.Names.Count, example.Features.Length);
        Assert.All(example.Features, feature => Assert.True(float.IsFinite(feature)));
        Assert.Empty(later.Examples);
        Assert.Empty(unknown.Examples);
    }

    [Fact]
    public void Earlier_verdicts_on_the_same_fault_class_are_known_when_the_next_is_opened()
    {
        var before = Open("000000000001").Examples[0];
        Step(Asked(CommandVerbs.AlertFeedback, "000000000001", ("verdict", "noise")));

        var after = Open("000000000002").Examples[0];

        Assert.Equal(0.5f, Number(before, "class-noise-share"));
        Assert.Equal(2 / 3f, Number(after, "class-noise-share"), 0.001f);
        Assert.Equal(MathF.Log(2), Number(after, "entity-judged"), 0.001f);
        Assert.Equal(MathF.Log(2), Number(after, "day-incidents"), 0.001f);

        // A restart knows the same.
        var again = new AlertEngine(new AlertingOptions(), []);
        again.Restore([before], [new IncidentFeedback("000000000001", "ada", FeedbackVerdict.Noise, null, "", 0, "", T0)]);
        var restored = again.Step(new AlertInput.IncidentSeen(new IncidentRecord(0, "opened", Incident(1, id: "000000000002"))), T0);
        Assert.Equal(after.Features.AsSpan(), restored.Examples[0].Features.AsSpan());
    }

    [Fact]
    public void Odd_incidents_still_give_finite_numbers()
    {
        var odd = Incident(1) with
        {
            Hypotheses = [new Hypothesis(1, Cart, "", double.NaN, T0, [], [])],
            Symptoms = [],
            Onset = T0.AddYears(1),
        };

        var output = Step(new AlertInput.IncidentSeen(new IncidentRecord(0, "opened", odd)));

        Assert.All(output.Examples[0].Features, feature => Assert.True(float.IsFinite(feature)));
    }

    [Fact]
    public void A_model_rates_what_is_opened_and_what_is_open_and_closes_and_tells_nothing()
    {
        var unrated = Open("000000000001").Alerts[0];
        var chosen = Step(new AlertInput.ModelChosen(new Half("usefulness-1")));
        var next = Open("000000000002").Alerts[0];
        var gone = Step(new AlertInput.ModelChosen(null));

        Assert.Null(unrated.Usefulness);
        Assert.Equal(new Usefulness(0.5, "usefulness-1"), Assert.Single(chosen.Alerts).Usefulness);
        Assert.Equal(AlertStatus.Open, chosen.Alerts[0].Status);
        Assert.Empty(chosen.Notifications);
        Assert.Equal(new Usefulness(0.5, "usefulness-1"), next.Usefulness);
        Assert.All(gone.Alerts, alert => Assert.Null(alert.Usefulness));
        Assert.Empty(Step(new AlertInput.ModelChosen(null)).Alerts);
    }

    [Fact]
    public void Accuracy_counts_an_incident_once_and_one_that_is_disputed_nowhere_else()
    {
        IncidentFeedback[] said =
        [
            Word("a", "ada", FeedbackVerdict.Confirmed, 1), Word("a", "bob", FeedbackVerdict.Confirmed, 1),
            Word("b", "ada", FeedbackVerdict.Confirmed, 2),
            Word("c", "ada", FeedbackVerdict.Wrong, 0),
            Word("d", "ada", FeedbackVerdict.Noise, 0),
            Word("e", "ada", FeedbackVerdict.Noise, 0), Word("e", "bob", FeedbackVerdict.Confirmed, 1),
            Word("f", "ada", FeedbackVerdict.Wrong, 0), Word("f", "bob", FeedbackVerdict.Confirmed, 1),
        ];

        var accuracy = Accuracy.Of(said);

        Assert.Equal(new Accuracy(3, 1, 2, 1, 2), accuracy);
        Assert.Equal((0.061, 0.792), (Math.Round(accuracy.FirstInterval.Low, 3), Math.Round(accuracy.FirstInterval.High, 3)));
        Assert.Equal((0, 1), Accuracy.Of([]).FirstInterval);
    }

    private static IncidentFeedback Word(string incident, string actor, FeedbackVerdict verdict, int rank) =>
        new(incident, actor, verdict, null, "", rank, "", T0);

    private static float Number(IncidentExample example, string name) =>
        example.Features[IncidentFeatures.Names.ToList().IndexOf(name)];

    private AlertOutput Open(string id) =>
        Step(new AlertInput.IncidentSeen(new IncidentRecord(0, "opened", Incident(1, id: id))));

    private AlertOutput Say(string verdict, params (string Name, string Value)[] arguments) =>
        Step(Asked(CommandVerbs.AlertFeedback, Id, [("verdict", verdict), .. arguments]));

    private AlertOutput Step(AlertInput input) => _engine.Step(input, T0);

    private sealed class Half(string name) : IUsefulnessModel
    {
        public string Name => name;

        public double Rate(ImmutableArray<float> features) => 0.5;
    }
}
